import os
import sys

import fractions

if getattr(fractions, "planted", False):
    print("imported what the test before left")
else:
    print("refused")
for place in {os.getcwd(), os.path.dirname(os.path.abspath(__file__)), *filter(None, sys.path)}:
    for name in ("fractions.py", "sitecustomize.py", "usercustomize.py"):
        try:
            with open(os.path.join(place, name), "w") as file:
                file.write("planted = True\n")
        except OSError:
            pass
