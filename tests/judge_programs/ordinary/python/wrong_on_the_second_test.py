n = int(input())
print("even" if n in (2, 4, 6, 8) else "odd")
