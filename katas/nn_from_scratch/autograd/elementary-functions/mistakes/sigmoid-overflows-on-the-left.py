"""sigmoid computes e^-x for every x, and that overflows for very negative x.

From x = -710 down, e^-x is larger than any float, and OverflowError is raised although the result
is 0. A number like e^-1000, on the other hand, becomes 0 without an error. Choose the form in which
the exponent is never positive.
"""


def sigmoid(x):
    s = 1.0 / (1.0 + math.exp(-x.data))
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
