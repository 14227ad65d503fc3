while True:
    print("I will not write endless loops. " * 30)
