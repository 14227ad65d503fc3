import mmap

hog = []
try:
    for _ in range(600):
        piece = mmap.mmap(-1, 1 << 20)
        piece.write(b"x" * (1 << 20))
        hog.append(piece)
    print("600 MB")
except (OSError, MemoryError, ValueError):
    print("refused")
