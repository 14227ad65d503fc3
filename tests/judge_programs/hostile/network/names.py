import socket

try:
    print(socket.getaddrinfo("example.com", 80))
except OSError:
    print("refused")
