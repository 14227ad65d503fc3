import os

got = []
for path in ("/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/root/.ssh", "/root/.bashrc", "/home", "/etc/ssh", "/var/log", "/boot", "/.env", "/opt"):
    try:
        got.append(os.listdir(path) if os.path.isdir(path) else open(path).read())
    except OSError:
        pass
print("refused" if not any(got) else got)
