import os
import tempfile

places = [".", "/tmp", "/var/tmp", "/dev/shm", "/run", os.path.expanduser("~"), tempfile.gettempdir()]
found = False
for place in places:
    path = os.path.join(place, "left-by-a-program")
    found = found or os.path.lexists(path)
    try:
        with open(path, "x") as file:
            file.write("left")
    except OSError:
        pass
print("found a file" if found else "refused")
