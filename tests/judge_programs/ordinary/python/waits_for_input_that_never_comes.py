import sys

for line in iter(sys.stdin.readline, "stop\n"):
    pass
