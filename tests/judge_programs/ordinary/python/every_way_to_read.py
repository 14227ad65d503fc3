import fileinput
import sys

way = input()
if way == "lines":
    total = sum(int(line) for line in sys.stdin)
elif way == "read":
    total = sum(map(int, sys.stdin.read().split()))
elif way == "readline":
    total = 0
    while line := sys.stdin.readline():
        total += int(line)
elif way == "iterator":
    total = sum(map(int, iter(input, "30"))) + 30
else:
    total = sum(int(line) for line in fileinput.input())
print(total)
