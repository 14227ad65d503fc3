try:
    with open("@secret@") as file:
        print(file.read())
except OSError:
    print("refused")
