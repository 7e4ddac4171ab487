"""For positive x, relu gives back x itself instead of a new node.

The number is right, but there is one node where the graph should have two: whoever sets or clears
the gradient of the result does so to x as well. Make a new node in both cases, with the slope 1
here.
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
    if x.data > 0.0:
        return x
    return Value(0.0, (x,), "relu", (0.0,))


def sigmoid(x):
    e = math.exp(-abs(x.data))
    s = 1.0 / (1.0 + e) if x.data >= 0.0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
