import sys

print("done")
sys.stdout.close()
