with open("huge", "wb") as file:
    for _ in range(600):
        file.write(bytes(1 << 20))
print("600 MB")
