"""x itself is changed into its own tanh and returned.

The number that was in x is lost, for everybody who uses x elsewhere, and there is no new node: for
the backward pass it looks as if nothing had happened, a slope of 1. Leave x as it is and make a new
Value above it.
"""

import math

from .value import Value


def tanh(x):
    x.data = math.tanh(x.data)
    return x
