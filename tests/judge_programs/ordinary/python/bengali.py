name = input().strip()
print(f"শুভেচ্ছা, {name}!")
print(len(name), name[::-1] == name)
