import os
import time

end = time.time() + 2
born = 0
while time.time() < end:
    try:
        if os.fork():
            born += 1
    except OSError:
        pass
print("forked" if born else "refused")
