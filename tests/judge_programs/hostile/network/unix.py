import socket

got = []
for name in ("@socket@", "\0@abstract@"):
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(name)
            got.append(name)
    except OSError:
        pass
print(got or "refused")
