"""log takes the logarithm of |x|, as if the sign did not matter.

log(-1) should stop the computation with a ValueError: a negative number has no logarithm, and
where one turns up (a probability, say) something before it has gone wrong. Dropping the sign hides
that, and log(-1) becomes a harmless-looking 0.
"""

import math

from .value import Value


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    return Value(math.log(abs(x.data)), (x,), "log", (1.0 / x.data,))


def relu(x):
    positive = x.data > 0.0
    return Value(x.data if positive else 0.0, (x,), "relu", (1.0 if positive else 0.0,))


def sigmoid(x):
    e = math.exp(-abs(x.data))
    s = 1.0 / (1.0 + e) if x.data >= 0.0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
