"""Wrong: the slope is written with the input, 1 - x², where it should be the result."""

import math

from .value import Value


def tanh(x: Value) -> Value:
    out = Value(math.tanh(x.data), (x,), "tanh", (1 - x.data * x.data,))
    return out
