"""The hyperbolic tangent of a Value: the squashing function of this network's neurons."""

import math

from .value import Value


def tanh(x: Value) -> Value:
    """Return a new node tanh(x), between -1 and 1, whose only parent is x.

    The slope is best written with the result t itself: ``d tanh(x)/dx = 1 - t²``. For large |x|
    the result is exactly ±1 and the slope exactly 0, with no overflow on the way.
    """
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0 - t * t,))
