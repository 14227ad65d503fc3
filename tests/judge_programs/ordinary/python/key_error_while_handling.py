marks = {"Rahim": 40}
try:
    print(marks["Karim"])
except KeyError:
    print(marks["Salam"])
