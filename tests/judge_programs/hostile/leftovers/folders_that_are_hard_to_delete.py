# A path longer than any call takes, without permissions, with names that are no text.
import os

start = os.getcwd()
old = [name for name in os.listdir(b".") if name.startswith(b"deep")]
print("found a folder" if old else "refused")
for depth in range(400):
    name = b"deep" + b"\xff\n" + b"x" * 200
    try:
        os.mkdir(name)
        os.chdir(name)
        open(b"file\xfe", "wb").close()
    except OSError:
        break
for depth in range(400):
    try:
        os.chmod(".", 0)
        os.chdir("..")
        if os.getcwd() == start:
            break
    except OSError:
        break
