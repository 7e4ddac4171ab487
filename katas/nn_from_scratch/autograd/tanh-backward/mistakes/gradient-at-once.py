"""The slope is added to x.grad while tanh is computed, long before there is a gradient.

Going forward, nobody knows yet how much the end of the computation depends on this node, so there
is nothing to multiply the slope by: x.grad of 0.25 becomes 0.885 at x = 0.7 before any backward
pass has begun. Give the slope to the new node, and push() will use it when the time has come.
"""

import math

from .value import Value


def tanh(x):
    t = math.tanh(x.data)
    x.grad += 1.0 - t * t
    return Value(t, (x,), "tanh", (1.0 - t * t,))
