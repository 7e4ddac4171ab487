"""On the way to sigmoid of a very negative x, e^-x overflows to inf.

numpy turns the inf into a final 0 and only prints a warning, so the number looks right. It is right
by luck: where warnings are made into errors it stops, and the same inf one step later would have
become nan. Choose the form in which the exponent is never positive, and nothing overflows at all.
"""

import math

from .value import Value


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    positive = x.data > 0.0
    return Value(x.data if positive else 0.0, (x,), "relu", (1.0 if positive else 0.0,))


def sigmoid(x):
    import numpy as np

    s = float(1.0 / (1.0 + np.exp(-x.data)))
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
