import os

try:
    os.symlink("@secret@", "link")
    os.symlink("..", "up")
    with open("link") as file:
        print(file.read())
except OSError:
    try:
        with open("up/" * 40 + "@secret@".lstrip("/")) as file:
            print(file.read())
    except OSError:
        print("refused")
