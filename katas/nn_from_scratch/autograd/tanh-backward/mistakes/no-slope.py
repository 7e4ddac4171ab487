"""The new node knows its parent but not its slope.

push() multiplies a node's gradient by one slope for each parent, and here there is none to multiply
by. The slope can only be worked out now, while t is at hand: give it to the Value beside the
parents.
"""

import math

from .value import Value


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh")
