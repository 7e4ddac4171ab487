"""The slope of sigmoid is taken to be s, and the factor 1 - s is missing.

At x = 3 sigmoid is 0.953 and nearly flat, with a slope of 0.045; s alone is 21 times that. The
factor 1 - s is what makes the slope vanish on the right, as s does on the left.
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
    e = math.exp(-abs(x.data))
    s = 1.0 / (1.0 + e) if x.data >= 0.0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s,))
