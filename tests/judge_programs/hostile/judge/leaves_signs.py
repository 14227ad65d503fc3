import os
import threading
import time

for place in (".", "/tmp", "/var/tmp", "/dev/shm"):
    try:
        with open(os.path.join(place, f"sign-{os.getpid()}"), "w") as file:
            file.write("here")
    except OSError:
        pass
threading.current_thread().name = "leaves"
time.sleep(1)
print("refused")
