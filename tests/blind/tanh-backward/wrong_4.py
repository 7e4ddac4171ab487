"""Wrong: on overflow the answer is 1 whatever the sign of x."""

import math

from .value import Value


def tanh(x: Value) -> Value:
    try:
        t = math.sinh(x.data) / math.cosh(x.data)
    except OverflowError:
        t = 1.0
    return Value(t, (x,), "tanh", (1.0 - t**2,))
