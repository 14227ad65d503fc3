import os

if os.path.islink("inner") or os.path.exists("inner"):
    print("found the link")
else:
    print("refused")
here = os.getcwd()
os.symlink("/", "inner")
os.symlink("/usr", "usr")
try:
    os.chdir("/")
    os.rmdir(here)
except OSError:
    pass
