"""Wrong: the beginner's if, on an array."""


def step(x, at_zero=1):
    if x == 0:
        return at_zero
    elif x > 0:
        return 1
    else:
        return 0
