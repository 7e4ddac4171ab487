"""sigmoid computes e^x for every x, and that overflows for large x.

From x = 710 on, e^x is larger than any float, and OverflowError is raised where the result is 1.
This form is right for negative x only; positive x needs the other form.
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
    e = math.exp(x.data)
    s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
