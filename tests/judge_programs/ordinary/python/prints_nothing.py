n = int(input())
answer = n * 2
