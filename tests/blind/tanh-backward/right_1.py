"""The library's tanh."""

import math

from .value import Value


def tanh(x: Value) -> Value:
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0 - t * t,))
