import os

status = os.system("echo got a shell")
print("refused" if status else "ran")
