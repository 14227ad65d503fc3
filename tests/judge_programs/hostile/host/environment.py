# The worker's environment holds the keys to everything; the test puts a word there.
import os

word = "".join(reversed("@drow@")).encode()
got = [name for name, value in os.environb.items() if word in value]
for pid in [name for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []:
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            if word in file.read():
                got.append(pid)
    except OSError:
        pass
print(got or "refused")
