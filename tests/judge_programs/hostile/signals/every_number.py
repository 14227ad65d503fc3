import os

got = []
for pid in range(1, 400):
    if pid == os.getpid():
        continue
    try:
        os.kill(pid, 0)
        got.append(pid)
    except OSError:
        pass
print(got or "refused")
