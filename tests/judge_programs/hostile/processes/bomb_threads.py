import os
import threading

wait = threading.Event()
born = 0
threading.stack_size(32768)
try:
    while born < 3000:
        threading.Thread(target=wait.wait, daemon=True).start()
        born += 1
except (RuntimeError, MemoryError):
    pass
print("3000 threads" if born == 3000 else "refused", flush=True)
os._exit(0)
