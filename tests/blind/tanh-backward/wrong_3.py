"""Wrong: for |x| above 20 the result is a bare constant without its parent."""

import math

from .value import Value


def tanh(x: Value) -> Value:
    if abs(x.data) > 20:
        return Value(math.copysign(1.0, x.data))  # flat there: no gradient flows anyway
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1 - t * t,))
