# Everything this process can reach is searched for a word of the next test's input.
import gc
import os
import sys

word = bytes(reversed(b"yrlaeoot"))
found = []
if word in os.read(0, 100):
    print("refused")
    sys.exit()
for one in gc.get_objects():
    if isinstance(one, (list, tuple, dict)):
        for inner in one.values() if isinstance(one, dict) else one:
            if isinstance(inner, (bytes, bytearray)) and word in inner and inner is not word:
                found.append("object")
            if isinstance(inner, str) and word.decode() in inner:
                found.append("object")
frame = sys._getframe()
try:
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        needle = bytes(reversed(b"yrlaeoot:txen"))
        for line in maps:
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            if "rw" not in line or end - start > 64 << 20:
                continue
            memory.seek(start)
            if needle[:4] + b":too" + b"early" in memory.read(end - start).replace(needle, b""):
                found.append("memory")
except (OSError, ValueError, OverflowError):
    pass
for top, _, names in os.walk("/"):
    if top.startswith(("/proc", "/sys", "/usr", "/lib", "/dev/fd")):
        continue
    for name in names:
        try:
            with open(os.path.join(top, name), "rb") as file:
                if b"next:" + word in file.read(1 << 16):
                    found.append(name)
        except OSError:
            pass
print(found or "refused")
