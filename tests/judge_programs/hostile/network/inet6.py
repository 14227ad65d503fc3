import socket

try:
    line = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    line.settimeout(2)
    line.connect(("::1", @port@))
    print("connected")
except OSError:
    try:
        line = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        line.settimeout(2)
        line.connect(("::ffff:127.0.0.1", @port@))
        print("connected")
    except OSError:
        print("refused")
