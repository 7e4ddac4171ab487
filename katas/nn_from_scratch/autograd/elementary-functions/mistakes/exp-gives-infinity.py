"""exp quietly gives inf for inputs above 709.8.

numpy's exp says inf where the result is too large, and goes on. The next step makes nan of it (inf
minus inf, inf over inf), far from the place where it went wrong. Here exp should raise
OverflowError, as Python's own exp does.
"""

import math

from .value import Value


def exp(x):
    import numpy as np

    with np.errstate(over="ignore"):
        y = float(np.exp(x.data))
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
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
