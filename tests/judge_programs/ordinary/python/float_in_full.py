r = float(input())
print(3.141592653589793 * r * r)
