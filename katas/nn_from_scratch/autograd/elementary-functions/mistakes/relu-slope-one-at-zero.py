"""At x = 0 the slope of relu comes out as 1.

relu has a corner there: 0 on its left, 1 on its right. Both could be defended, but one had to be
chosen, and this network uses 0, so that a unit that gives nothing also hands nothing back. It
matters whenever an input is exactly 0, as the empty pixels of an image are.
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
    positive = x.data >= 0.0
    return Value(x.data if positive else 0.0, (x,), "relu", (1.0 if positive else 0.0,))


def sigmoid(x):
    e = math.exp(-abs(x.data))
    s = 1.0 / (1.0 + e) if x.data >= 0.0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
