# Inodes cost memory that no size of a file system counts.
import os

made = 0
try:
    for number in range(300_000):
        os.close(os.open(f"f{number}", os.O_CREAT | os.O_WRONLY))
        made += 1
except OSError:
    pass
print("300000 files" if made == 300_000 else "refused")
