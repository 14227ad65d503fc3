import os
import tempfile

places = [".", "/tmp", "/var/tmp", "/dev/shm", "/run", os.path.expanduser("~"), tempfile.gettempdir()]
paths = [os.path.join(place, "left-by-a-program") for place in places]
print("found a file" if any(map(os.path.lexists, paths)) else "refused")
for path in paths:
    try:
        with open(path, "x") as file:
            file.write("left")
    except OSError:
        pass
