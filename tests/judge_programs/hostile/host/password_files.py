import os

got = []
for path in ("/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/root", "/home", "/etc/ssh", "/var/log", "/boot", "/.env", "/work"):
    try:
        got.append(os.listdir(path) if os.path.isdir(path) else open(path).read())
    except OSError:
        pass
print("refused" if not any(got) else got)
