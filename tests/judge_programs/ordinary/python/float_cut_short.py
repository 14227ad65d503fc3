r = float(input())
print(round(3.14 * r * r, 1))
