n = int(input())
total = 0
for i in range(1, n):
    total += i
print(total)
