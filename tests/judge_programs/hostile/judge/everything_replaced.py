# What is called after the program has ended is the program's too.
import builtins
import gc
import os
import signal
import sys
import time

for module in (os, signal, time, gc):
    for name in list(vars(module)):
        if callable(getattr(module, name)) and not name.startswith("__"):
            setattr(module, name, lambda *_, **__: 0)
print("wrong", flush=True)
sys.modules.clear()
builtins.exec = builtins.compile = lambda *_, **__: None
