# Whoever flattens a deep folder gives its parts new names: these are taken already.
import os

print("refused" if os.listdir() == ["solution.py"] else "left")
for number in range(400):
    for name in (f".wipe-{number}", str(number)):
        os.makedirs(f"{name}/inner")
        open(f"{name}/inner/file", "w").close()
