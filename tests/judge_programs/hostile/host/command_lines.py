# Arguments are readable by everyone who sees the process: they must hold nothing of the host.
import os

got = []
for pid in [name for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            if b"@cache@" in file.read():
                got.append(pid)
    except OSError:
        pass
print(got or "refused")
