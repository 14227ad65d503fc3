import os

print("refused" if os.access(".", os.W_OK | os.X_OK) else "found it locked")
with open("kept", "w"):
    pass
os.mkdir("inner")
open("inner/file", "w").close()
for path in ("kept", "inner", "."):
    try:
        os.chmod(path, 0)
    except OSError:
        pass
