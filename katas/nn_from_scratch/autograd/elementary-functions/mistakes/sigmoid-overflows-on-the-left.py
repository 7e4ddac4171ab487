"""sigmoid computes e^-x for every x, and that overflows for very negative x.

From x = -710 down, e^-x is larger than any float, and OverflowError is raised where the result is
0. A number like e^-1000, on the other hand, becomes 0 without an error. Choose the form in which
the exponent is never positive.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    if x.data <= 0.0:
        return Value(0.0, (x,), "relu", (0.0,))
    return Value(x.data, (x,), "relu", (1.0,))


def sigmoid(x):
    s = 1.0 / (1.0 + math.exp(-x.data))
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
