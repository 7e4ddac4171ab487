"""hard_tanh writes the limited numbers into the array that it was given.

The array belongs to the caller. Another layer that uses the same array then gets a 1 instead of 3.
Let numpy make a new array.
"""


def hard_tanh(x):
    values = _floats(x)
    return np.clip(values, -1.0, 1.0, out=values if values.ndim else None)
