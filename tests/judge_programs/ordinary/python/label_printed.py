n = int(input())
print("The answer is", n * n)
