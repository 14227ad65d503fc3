import multiprocessing

if __name__ == "__main__":
    try:
        child = multiprocessing.get_context("spawn").Process(target=print, args=("child",))
        child.start()
        child.join(5)
        print("spawned")
    except OSError:
        print("refused")
