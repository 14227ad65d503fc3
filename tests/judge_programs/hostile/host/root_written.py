import os

got = []
for top in ("/", "/bin", "/usr", "/usr/bin", "/usr/lib", "/lib", "/lib64", "/etc", "/dev", "/opt", "/var", "/run", "/proc/self", "/sys"):
    path = os.path.join(top, "left-by-a-program")
    try:
        with open(path, "w") as file:
            file.write("x")
        got.append(path)
    except OSError:
        pass
for path in ("/usr/bin/python3", "/usr/bin/env", "/lib64/ld-linux-x86-64.so.2", "/etc/passwd", "/etc/ld.so.cache"):
    for change in (lambda: os.chmod(path, 0o777), lambda: os.utime(path), lambda: os.truncate(path, 0), lambda: os.unlink(path)):
        try:
            change()
            got.append(path)
        except OSError:
            pass
print(got or "refused")
