"""Where the curve is flat, the result is a bare number without its parent.

Its slope there is 0, so no gradient is lost. But the graph is cut: a backward pass no longer finds the
nodes below, so it does not set back the gradients that they hold from an earlier call, and a drawing of
the network shows a constant. A slope of 0 is a slope like any other: hand it over beside the parent.
"""

import math

from .value import Value


def tanh(x):
    t = math.tanh(x.data)
    if abs(x.data) > 20.0:
        return Value(t)
    return Value(t, (x,), "tanh", (1.0 - t * t,))
