import os

here = os.getcwd()
print("refused" if not os.path.exists(here + "-moved") else "found it moved")
try:
    os.rename(here, here + "-moved")
    os.symlink("/etc", here)
except OSError:
    pass
