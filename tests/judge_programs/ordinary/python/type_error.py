age = input()
print(age + 1)
