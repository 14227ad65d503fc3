print(2)
raise ValueError("no MemoryError here: File too large")
