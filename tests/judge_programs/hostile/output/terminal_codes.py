import sys

sys.stdout.write("\x1b]0;title\x07\x1b[2J\x00\x07\ufeff\u202e" * 3)
sys.stdout.buffer.write(bytes(range(256)))
