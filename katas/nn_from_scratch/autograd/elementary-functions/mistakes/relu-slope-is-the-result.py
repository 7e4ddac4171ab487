"""relu uses its result as the local derivative.

For positive x relu is the line y = x, and the derivative of that line is 1 everywhere. At x = 3 it
is 1 and not 3; only at x = 1 are the two equal.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    y = max(x.data, 0.0)
    return Value(y, (x,), "relu", (y,))


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
