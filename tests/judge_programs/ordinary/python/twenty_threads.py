import threading
import time

results = [0] * 20


def work(i):
    time.sleep(0.01)
    results[i] = i


threads = [threading.Thread(target=work, args=(i,)) for i in range(20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(results))
