import os

try:
    file = os.memfd_create("dars")
    for _ in range(600):
        os.write(file, bytes(1 << 20))
    print("600 MB")
except OSError:
    print("refused")
