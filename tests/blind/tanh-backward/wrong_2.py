"""Wrong: clips x to ±10 against overflow, so far out the slope is never exactly 0."""

from math import cosh, sinh

from .value import Value


def tanh(x: Value) -> Value:
    z = min(10.0, max(-10.0, x.data))
    t = sinh(z) / cosh(z)
    return Value(t, (x,), "tanh", (1.0 - t * t,))
