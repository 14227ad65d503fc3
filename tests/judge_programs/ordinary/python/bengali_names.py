def যোগ(প্রথম, দ্বিতীয়):
    return প্রথম + দ্বিতীয়


print(যোগ(int(input()), int(input())))
