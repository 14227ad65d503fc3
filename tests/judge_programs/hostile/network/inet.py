import socket

try:
    with socket.create_connection(("127.0.0.1", @port@), timeout=2) as line:
        line.sendall(b"hello")
        print("connected")
except OSError:
    print("refused")
