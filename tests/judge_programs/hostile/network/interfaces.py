# A box has no network but its own loopback.
import os

try:
    names = set(os.listdir("/sys/class/net"))
except OSError:
    names = set()
try:
    with open("/proc/net/dev") as file:
        names |= {line.split(":")[0].strip() for line in file.readlines()[2:]}
except OSError:
    pass
print("refused" if names <= {"lo"} else names)
