"""The slope is 1 - x², with the input x where the result belongs.

The rule is 1 - t² with t = tanh(x), the number that comes out. At x = 3 the true slope is 0.0099,
a nearly flat curve, while 1 - x² gives -8: the wrong size and even the wrong direction.
"""

import math

from .value import Value


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0 - x.data * x.data,))
