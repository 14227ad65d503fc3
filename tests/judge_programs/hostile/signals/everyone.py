import os
import signal

try:
    os.kill(-1, 0)
    os.kill(-1, signal.SIGSTOP)
    print("signalled")
except OSError:
    print("refused")
