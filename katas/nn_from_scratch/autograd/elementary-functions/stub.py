"""The other elementary functions of a Value: exp, log, relu and sigmoid.

Each returns one new node with its local derivative, whose only parent is the argument.
"""

from .value import Value


def exp(x: Value) -> Value:
    """Return e to the power of x, a function that is its own derivative.

    Raises:
        OverflowError: the result is too large for a float (x above about 709).
    """
    raise NotImplementedError("kata elementary-functions: exp is not written yet")


def log(x: Value) -> Value:
    """Return the natural logarithm of x; its local derivative is 1/x.

    Raises:
        ValueError: x is zero or negative.
    """
    raise NotImplementedError("kata elementary-functions: log is not written yet")


def relu(x: Value) -> Value:
    """Return x if x > 0, else 0; the local derivative is 1 if x > 0, else 0 (including x = 0)."""
    raise NotImplementedError("kata elementary-functions: relu is not written yet")


def sigmoid(x: Value) -> Value:
    """Return the logistic function s = 1 / (1 + e^(-x)); its local derivative is s (1 - s).

    Works for every x: at 1000 and -1000 the result is 1 and 0, and nothing overflows.
    """
    raise NotImplementedError("kata elementary-functions: sigmoid is not written yet")
