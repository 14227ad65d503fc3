# Runs beside leaves_signs.py, which is another student's, at the same time.
import glob
import os
import time

end = time.time() + 1.5
found = set()
while time.time() < end:
    for pattern in ("/tmp/sign-*", "/dev/shm/sign-*", "/var/tmp/sign-*", "./sign-*", "/proc/*/cwd/sign-*", "/proc/*/root/tmp/sign-*"):
        found.update(glob.glob(pattern))
    for pid in filter(str.isdigit, os.listdir("/proc") if os.path.isdir("/proc") else []):
        try:
            with open(f"/proc/{pid}/comm") as file:
                if "leaves" in file.read():
                    found.add(pid)
        except OSError:
            pass
    time.sleep(0.05)
print(found or "refused")
