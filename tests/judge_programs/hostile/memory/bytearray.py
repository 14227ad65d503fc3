hog = []
try:
    for _ in range(600):
        hog.append(bytearray(b"x") * (1 << 20))
    print("600 MB")
except MemoryError:
    hog.clear()
    print("refused")
