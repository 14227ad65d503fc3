words = input().split()
for word in reversed(words):
    print(word)
