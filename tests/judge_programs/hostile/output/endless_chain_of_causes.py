first = ValueError("first")
for number in range(20000):
    second = ValueError(str(number))
    second.__cause__ = first
    first = second
raise first
