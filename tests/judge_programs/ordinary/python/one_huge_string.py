text = "x" * 3_000_000_000
print(len(text))
