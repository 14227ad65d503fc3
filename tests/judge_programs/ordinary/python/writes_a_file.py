with open("notes.txt", "w") as notes:
    notes.write("one\ntwo\nthree\n")
with open("notes.txt") as notes:
    print(len(notes.readlines()))
