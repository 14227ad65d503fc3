import sys

n = int(input())
print("n is", n, file=sys.stderr)
print(n + 1)
