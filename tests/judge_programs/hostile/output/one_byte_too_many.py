import sys

n = int(input())
sys.stdout.write("x" * n)
