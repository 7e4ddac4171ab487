"""relu writes zeros into the array that it was given.

The caller needs that array again: the derivative of relu at -3 is computed from the -3, which is now
a 0. Write into a copy, or let numpy make a new array.
"""


def relu(x):
    values = _floats(x)
    values[values < 0] = 0.0
    return values
