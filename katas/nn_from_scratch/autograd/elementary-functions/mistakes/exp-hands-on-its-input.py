"""The slope of exp is taken to be x, the number that goes in.

exp is its own slope, so the number to keep is the one that comes out. At x = 2 that is 7.389 and
not 2, and at x = -0.5 even the sign is wrong: exp rises everywhere.
"""

import math

from .value import Value


def exp(x):
    return Value(math.exp(x.data), (x,), "exp", (x.data,))


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
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
