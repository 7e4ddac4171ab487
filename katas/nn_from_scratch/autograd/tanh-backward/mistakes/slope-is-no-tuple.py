"""The slope is handed over as a bare number instead of a tuple with one number in it.

In Python (s) is just s in brackets, and only the comma in (s,) makes a tuple. A Value keeps one
slope for each parent, so it looks for the first entry, and a float has no entries.
"""

import math

from .value import Value


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0 - t * t))
