import os

try:
    with open(f"/proc/{os.getppid()}/mem", "r+b", 0) as file:
        print("opened")
except OSError:
    print("refused")
