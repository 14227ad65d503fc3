class NotEnough(Exception):
    pass


def pay(money):
    if money < 10:
        raise NotEnough("needs 10")


pay(int(input()))
