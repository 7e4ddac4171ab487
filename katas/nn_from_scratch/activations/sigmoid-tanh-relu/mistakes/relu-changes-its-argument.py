"""relu writes zeros into the array that it was given.

The array belongs to the caller. Another layer that uses the same array then gets a 0 instead of -3.
Write into a copy, or let numpy make a new array.
"""


def relu(x):
    values = _floats(x)
    values[values < 0] = 0.0
    return values
