import os

try:
    os.kill(@pid@, 0)
    try:
        with open("/proc/@pid@/cmdline") as file:
            print("found the judge" if "pytest" in file.read() else "refused")
    except OSError:
        print("refused")
except OSError:
    print("refused")
