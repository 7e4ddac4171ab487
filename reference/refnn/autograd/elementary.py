"""The other elementary functions of a Value: exp, log, relu and sigmoid.

Each makes one new node whose only parent is its argument, with its slope beside its value.
"""

import math

from .value import Value


def exp(x: Value) -> Value:
    """Return e to the power of x, a function that is its own slope.

    Raises:
        OverflowError: the result is too large for a float (x above about 709).
    """
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x: Value) -> Value:
    """Return the natural logarithm of x, with slope 1/x.

    Raises:
        ValueError: x is zero or negative.
    """
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x: Value) -> Value:
    """Return x where it is positive and 0 elsewhere, with slope 1 and 0; at 0 the slope is 0."""
    if x.data <= 0.0:
        return Value(0.0, (x,), "relu", (0.0,))
    return Value(x.data, (x,), "relu", (1.0,))


def sigmoid(x: Value) -> Value:
    """Return the logistic function s = 1 / (1 + e^(-x)), between 0 and 1, with slope s (1 - s).

    Works for every x: at ±1000 the result is 1 and 0, with no overflow on the way.
    """
    # Only ever the exponential of a negative number: that may vanish, but never overflows.
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
