import sys

print("refused")
sys.stdout.flush()
for path in {__file__, sys.argv[0]}:
    try:
        with open(path, "w") as file:
            file.write("print('overwritten')\n")
    except OSError:
        pass
