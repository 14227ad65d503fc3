import helpers_of_mine

print(helpers_of_mine.answer())
