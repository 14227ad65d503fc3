import sys

sys.stderr.write("Traceback (most recent call last):\n" * 100000)
raise ValueError("x" * 5_000_000)
