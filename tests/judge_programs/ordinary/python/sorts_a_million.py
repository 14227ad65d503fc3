import random

random.seed(7)
numbers = [random.randrange(10**9) for _ in range(300_000)]
numbers.sort()
print(all(a <= b for a, b in zip(numbers, numbers[1:])))
