import os

try:
    os.dup2(1, 0)
    os.dup2(2, 1)
except OSError:
    pass
print("7", flush=True)
