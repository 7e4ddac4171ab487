"""hard_tanh writes the limited numbers into the array that it was given.

The caller needs that array again: the derivative at 3 is 0, but the 3 is now a 1. Let numpy make a new
array.
"""


def hard_tanh(x):
    values = _floats(x)
    return np.clip(values, -1.0, 1.0, out=values if values.ndim else None)
