import os

first = os.read(0, 3)
rest = open(0).read()
print(int(first) + sum(map(int, rest.split())))
