"""The derivative as 1 / cosh², where cosh does not overflow."""

import math

from .value import Value


def tanh(x):
    number = x.data
    slope = 1.0 / math.cosh(number) ** 2 if abs(number) < 300.0 else 0.0
    return Value(math.tanh(number), [x], "tanh", [slope])
