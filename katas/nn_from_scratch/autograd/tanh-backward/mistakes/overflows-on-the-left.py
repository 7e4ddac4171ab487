"""On the way stands an exponential that is too large for a float when x is very negative.

With exp(-2x) large positive x are no trouble, but from x = -355 down exp(-2x) is more than any
float can hold, and OverflowError is raised where the answer is simply -1. One formula with one
exponential always has such a side.
"""

import math

from .value import Value


def tanh(x):
    e = math.exp(-2.0 * x.data)
    t = (1.0 - e) / (1.0 + e)
    return Value(t, (x,), "tanh", (1.0 - t * t,))
