import os

got = []
me = os.getpid()
for pid in [int(name) for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []:
    if pid == me:
        continue
    for name in ("mem", "maps", "environ", "stack", "syscall", "auxv", "pagemap"):
        try:
            with open(f"/proc/{pid}/{name}", "rb") as file:
                if name == "mem":
                    got.append((pid, name))
                elif file.read(1):
                    got.append((pid, name))
        except OSError:
            pass
print(got or "refused")
