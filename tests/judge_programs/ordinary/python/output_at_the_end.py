import atexit
import sys


class Last:
    def __del__(self):
        sys.stdout.write("third\n")


last = Last()
atexit.register(print, "second")
print("first", flush=False)
