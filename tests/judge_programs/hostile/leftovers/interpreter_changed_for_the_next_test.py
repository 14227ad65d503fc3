import builtins
import random
import sys

print("found it changed" if hasattr(builtins, "planted") or hasattr(sys, "planted") else "refused")
builtins.planted = sys.planted = True
builtins.input = lambda *_: "planted"
sys.modules["json"] = random
random.random = lambda: 0.5
sys.setrecursionlimit(60)
