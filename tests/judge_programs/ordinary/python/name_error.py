number = int(input())
print(nubmer)
