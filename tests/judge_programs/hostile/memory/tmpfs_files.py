import os

written = 0
for place in (".", "/tmp", "/var/tmp", "/dev/shm", "/dev", "/run", "/", "/proc", "/sys", "/etc", "/usr"):
    for number in range(200):
        try:
            with open(os.path.join(place, f"left-by-a-program-{number}"), "wb", 0) as file:
                written += file.write(bytes(4 << 20))
        except OSError:
            break
print("600 MB" if written >= 600 << 20 else "refused")
