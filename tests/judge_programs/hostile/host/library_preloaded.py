# Files that the next program would load by itself.
import os

got = []
for path in ("/etc/ld.so.preload", "/etc/ld.so.conf", "/usr/lib/python3/sitecustomize.py", "/usr/lib/python3.11/sitecustomize.py", "/etc/profile"):
    try:
        with open(path, "a"):
            got.append(path)
    except OSError:
        pass
print(got or "refused")
