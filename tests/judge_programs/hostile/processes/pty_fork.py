import os
import pty

try:
    pid, _ = pty.fork()
    if pid == 0:
        os._exit(0)
    print("forked")
except OSError:
    print("refused")
