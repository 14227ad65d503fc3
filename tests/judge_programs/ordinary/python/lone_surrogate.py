print("\ud83d")
