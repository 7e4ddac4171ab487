"""On the way to sigmoid of a very negative x, e^-x overflows to inf.

At x = -1000 numpy turns 1 / inf into 0 and only prints a warning, so the number looks right. Where
warnings are errors, the program stops there, and in another formula the same inf becomes nan.
Choose the form in which the exponent is never positive, and nothing overflows.
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
    import numpy as np

    s = float(1.0 / (1.0 + np.exp(-x.data)))
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
