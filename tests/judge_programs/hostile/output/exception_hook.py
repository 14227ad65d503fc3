import sys


def hook(*_):
    print("refused")


sys.excepthook = hook
raise ValueError
