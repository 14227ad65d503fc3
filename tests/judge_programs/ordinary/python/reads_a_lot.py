import sys

numbers = list(map(int, sys.stdin.read().split()))
print(len(numbers), sum(numbers))
