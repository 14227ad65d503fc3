n = int(input())
while n != 1:
    n = n - 2
print("one")
