numbers = []
while True:
    numbers.append(list(range(1000)))
