import glob
import os

harmless = {"null", "zero", "full", "random", "urandom", "stdin", "stdout", "stderr", "fd", "core"}
got = []
for path in glob.glob("/dev/*") + glob.glob("/dev/*/*"):
    name = path.removeprefix("/dev/")
    if name in harmless or name.startswith(("fd/", "core/")) or os.path.isdir(path):
        continue
    try:
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY))
        got.append(path)
    except OSError:
        pass
print(got or "refused")
