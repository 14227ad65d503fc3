# The descriptors of input and output may be shared with what reads and writes the other end.
import fcntl
import os

for fd in (0, 1, 2):
    try:
        fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND | os.O_ASYNC)
        fcntl.fcntl(fd, fcntl.F_SETOWN, os.getppid())
        fcntl.flock(fd, fcntl.LOCK_EX)
    except OSError:
        pass
print("refused")
