"""The other elementary functions of a Value: exp, log, relu and sigmoid.

Each makes one new node whose only parent is its argument, with its slope beside its value.
"""

from .value import Value


def exp(x: Value) -> Value:
    """Return e to the power of x, a function that is its own slope.

    Raises:
        OverflowError: the result is too large for a float (x above about 709).
    """
    raise NotImplementedError("kata elementary-functions: exp is yours to write")


def log(x: Value) -> Value:
    """Return the natural logarithm of x, with slope 1/x.

    Raises:
        ValueError: x is zero or negative.
    """
    raise NotImplementedError("kata elementary-functions: log is yours to write")


def relu(x: Value) -> Value:
    """Return x where it is positive and 0 elsewhere, with slope 1 and 0; at 0 the slope is 0."""
    raise NotImplementedError("kata elementary-functions: relu is yours to write")


def sigmoid(x: Value) -> Value:
    """Return the logistic function s = 1 / (1 + e^(-x)), between 0 and 1, with slope s (1 - s).

    Works for every x: at ±1000 the result is 1 and 0, with no overflow on the way.
    """
    raise NotImplementedError("kata elementary-functions: sigmoid is yours to write")
