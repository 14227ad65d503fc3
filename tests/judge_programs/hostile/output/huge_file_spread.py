# No single file is large.
import os

written = 0
try:
    for number in range(1200):
        with open(f"part{number}", "wb", 0) as file:
            written += file.write(bytes(1 << 19))
except OSError:
    pass
print("600 MB" if written >= 600 << 20 else "refused")
