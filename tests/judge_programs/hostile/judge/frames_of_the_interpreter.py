# The functions that called this program are called again.
import sys

print("wrong", flush=True)
frame = sys._getframe().f_back
while frame:
    for name, one in {**frame.f_globals, **frame.f_locals}.items():
        if callable(one) and getattr(one, "__module__", "builtins") != "builtins" and name != "print":
            for arguments in ((), (1,), (b"x",)):
                try:
                    one(*arguments)
                except BaseException:
                    pass
    frame = frame.f_back
