n = int(input())
if n > 0:
	print("positive")
else:
	print("not positive")
