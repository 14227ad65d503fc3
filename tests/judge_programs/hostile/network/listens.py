import socket

try:
    with socket.create_server(("", 0)) as door:
        print("listens on", door.getsockname()[1])
except OSError:
    print("refused")
