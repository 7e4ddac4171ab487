"""The other elementary functions of a Value: exp, log, relu and sigmoid.

Each returns one new node with its local derivative, whose only parent is the argument.
"""

import math

from .value import Value


def exp(x: Value) -> Value:
    """Return e to the power of x, a function that is its own derivative.

    Raises:
        OverflowError: the result is too large for a float (x above about 709).
    """
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x: Value) -> Value:
    """Return the natural logarithm of x; its local derivative is 1/x.

    Raises:
        ValueError: x is zero or negative.
    """
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x: Value) -> Value:
    """Return x if x > 0, else 0; the local derivative is 1 if x > 0, else 0 (including x = 0)."""
    if x.data <= 0.0:
        return Value(0.0, (x,), "relu", (0.0,))
    return Value(x.data, (x,), "relu", (1.0,))


def sigmoid(x: Value) -> Value:
    """Return the logistic function s = 1 / (1 + e^(-x)); its local derivative is s (1 - s).

    Works for every x: at 1000 and -1000 the result is 1 and 0, and nothing overflows.
    """
    # The exponent is never positive: the exponential may become 0, but cannot overflow.
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
