import threading
import time

total = 0
lock = threading.Lock()


def work(number):
    global total
    time.sleep(0.1)
    with lock:
        total += number


workers = [threading.Thread(target=work, args=(number,)) for number in range(50)]
for each in workers:
    each.start()
for each in workers:
    each.join()
print(total)
