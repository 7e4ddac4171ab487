"""The hyperbolic tangent of a Value: the activation function of this network's neurons."""

from .value import Value


def tanh(x: Value) -> Value:
    """Return a new node tanh(x), between -1 and 1, whose only parent is x.

    Its local derivative is best written with the result t: ``d tanh(x)/dx = 1 - t²``. For large
    |x| the result is exactly ±1 and the derivative exactly 0, and nothing overflows.
    """
    raise NotImplementedError("kata tanh-backward: tanh is not written yet")
