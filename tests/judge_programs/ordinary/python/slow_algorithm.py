n = int(input())
count = 0
for i in range(n):
    for j in range(n):
        count += i ^ j
print(count)
