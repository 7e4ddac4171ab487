"""The slope of log is taken as 1 / log(x) instead of 1 / x.

With exp and sigmoid the slope is written with the result; with log it is the input that counts. At
x = 2 the slope is 0.5, while 1 / log(2) is 1.443, and at x = 1 it would be a division by 0.
"""

import math

from .value import Value


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    y = math.log(x.data)
    return Value(y, (x,), "log", (1.0 / y,))


def relu(x):
    positive = x.data > 0.0
    return Value(x.data if positive else 0.0, (x,), "relu", (1.0 if positive else 0.0,))


def sigmoid(x):
    e = math.exp(-abs(x.data))
    s = 1.0 / (1.0 + e) if x.data >= 0.0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
