import os
import sys

try:
    os.posix_spawn(sys.executable or "/usr/bin/python3", ["python3", "-c", "print('child')"], {})
    print("spawned")
except OSError:
    print("refused")
