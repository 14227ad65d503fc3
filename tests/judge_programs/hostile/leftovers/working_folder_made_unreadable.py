import os

print("refused" if os.access(".", os.W_OK | os.X_OK) else "found it locked")
with open("kept", "w"):
    pass
os.chmod("kept", 0)
os.chmod(".", 0)
