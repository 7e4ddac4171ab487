"""The slope is 1 - t, and the square of t is missing.

At x = -3 the curve is nearly flat, with a slope of 0.0099, but 1 - t gives 1.995 there. tanh is as
steep on the left as on the right, and the square is what makes the rule see both sides alike.
"""

import math

from .value import Value


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0 - t,))
