import sys

way = input()
print("bye")
if way == "exit":
    exit()
if way == "quit":
    quit()
if way == "none":
    raise SystemExit
sys.exit(0)
