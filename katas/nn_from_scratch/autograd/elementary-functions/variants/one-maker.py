"""All four through one helper that takes the number and the local derivative."""

import math

from .value import Value


def exp(x):
    y = math.exp(x.data)
    return _node("exp", x, y, y)


def log(x):
    return _node("log", x, math.log(x.data), 1.0 / x.data)


def relu(x):
    on = 1.0 if x.data > 0.0 else 0.0
    return _node("relu", x, on * x.data, on)


def sigmoid(x):
    # The exponent is clipped where the result is 0 to 14 decimal places.
    s = 1.0 / (1.0 + math.exp(min(-x.data, 500.0)))
    return _node("sigmoid", x, s, s * (1.0 - s))


def _node(op, x, result, slope):
    return Value(result, parents=(x,), op=op, slopes=(slope,))
