import os

found = []
for top, _, names in os.walk("/"):
    if top.startswith(("/proc", "/sys")):
        continue
    for name in names:
        path = os.path.join(top, name)
        try:
            mode = os.lstat(path).st_mode
        except OSError:
            continue
        if mode & 0o170000 == 0o100000 and mode & 0o6000:
            found.append(path)
        if found:
            break
for path in found:
    try:
        os.execv(path, [path])
    except OSError:
        pass
print("refused")
