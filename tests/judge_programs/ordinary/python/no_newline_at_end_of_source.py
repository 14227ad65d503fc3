if True:
    print(int(input()) + 1)