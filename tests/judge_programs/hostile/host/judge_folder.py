import os

try:
    print("listed", os.listdir("@cache@"))
except OSError:
    print("refused")
