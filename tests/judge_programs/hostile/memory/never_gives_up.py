hog = []
while True:
    try:
        while True:
            hog.append(bytearray(1 << 16))
    except MemoryError:
        pass
