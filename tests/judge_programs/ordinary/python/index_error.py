numbers = [1, 2, 3]


def last(items):
    return items[len(items)]


print(last(numbers))
