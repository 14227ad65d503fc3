import re

print(re.match(r"(a+)+$", "a" * 64 + "b"))
