import os
import sys

print("refused", flush=True)
sys.exit = os._exit = lambda *_: None
sys.excepthook = lambda *_: None
raise ValueError("this program fails")
