"""The gate of swish is computed as 1 / (1 + exp(-beta x)).

The result is right by luck: exp(1000) is inf, 1/inf is 0, and numpy prints a warning. If warnings
are turned into errors, it raises an exception. The sigmoid that you have written does not overflow.
"""


def swish(x, beta=1.0):
    values = _floats(x)
    return values / (1.0 + np.exp(-beta * values))
