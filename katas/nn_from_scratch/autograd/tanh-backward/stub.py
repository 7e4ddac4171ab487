"""The hyperbolic tangent of a Value: the squashing function of this network's neurons."""

from .value import Value


def tanh(x: Value) -> Value:
    """Return a new node tanh(x), between -1 and 1, whose only parent is x.

    The slope is best written with the result t itself: ``d tanh(x)/dx = 1 - t²``. For large |x|
    the result is exactly ±1 and the slope exactly 0, with no overflow on the way.
    """
    raise NotImplementedError("kata tanh-backward: tanh is yours to write")
