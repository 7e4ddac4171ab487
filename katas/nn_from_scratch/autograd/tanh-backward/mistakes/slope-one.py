"""The gradient is handed on as if tanh had the slope 1 everywhere.

That is right at x = 0 and nowhere else: at x = 0.5 the slope is 0.786, at x = 3 it is 0.0099. A
node that squashes its input has to squash the gradient as well.
"""

import math

from .value import Value


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0,))
