"""elu writes its result into the array that it was given.

The caller needs that array again: the derivative at -1 is e^-1, but the -1 has become -0.632. Write into
a copy, or let numpy make a new array.
"""


def elu(x, gamma=1.0):
    values = _floats(x)
    left = values < 0
    values[left] = gamma * np.expm1(values[left])
    return values
