"""relu hands on the whole gradient, also where it is switched off.

For negative x the result is 0 whatever x is, so x has no influence and its gradient is 0. At
x = -3 with a gradient of 2 from above, x should get 0 and gets 2.
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
    return Value(max(x.data, 0.0), (x,), "relu", (1.0,))


def sigmoid(x):
    e = math.exp(-abs(x.data))
    s = 1.0 / (1.0 + e) if x.data >= 0.0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
