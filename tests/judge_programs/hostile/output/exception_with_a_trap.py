# What prints the traceback calls back into the program.
class Trap(Exception):
    def __str__(self):
        while True:
            pass


raise Trap
