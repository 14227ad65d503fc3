import threading

total = 0
lock = threading.Lock()


def add(part):
    global total
    for i in part:
        with lock:
            total += i


threads = [threading.Thread(target=add, args=(range(i, 1000, 4),)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total)
