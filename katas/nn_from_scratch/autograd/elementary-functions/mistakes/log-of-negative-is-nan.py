"""log gives nan for a negative number and goes on.

numpy's log behaves so. A nan spreads: every number that is computed from it is nan too, soon all
the weights are, and nobody can see where it began. log should stop with a ValueError at the first
number that has no logarithm, 0 included.
"""

import math

from .value import Value


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    import numpy as np

    with np.errstate(all="ignore"):
        y, slope = np.log(x.data), 1.0 / np.float64(x.data)
    return Value(float(y), (x,), "log", (float(slope),))


def relu(x):
    positive = x.data > 0.0
    return Value(x.data if positive else 0.0, (x,), "relu", (1.0 if positive else 0.0,))


def sigmoid(x):
    e = math.exp(-abs(x.data))
    s = 1.0 / (1.0 + e) if x.data >= 0.0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
