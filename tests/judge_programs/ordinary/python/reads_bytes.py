import sys

read = sys.stdin.buffer.readline
n = int(read())
numbers = [int(read()) for _ in range(n)]
sys.stdout.buffer.write(b"%d\n" % sum(numbers))
