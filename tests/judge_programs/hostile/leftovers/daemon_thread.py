import os
import threading
import time


def later():
    time.sleep(0.3)
    with open("late.txt", "w") as late:
        late.write("late")


if os.path.exists("late.txt"):
    print("a thread of the test before went on")
else:
    threading.Thread(target=later, daemon=True).start()
    print("refused")
