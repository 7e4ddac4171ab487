"""exp returns inf for inputs above 709.8.

numpy's exp returns inf where the result is too large, and continues. The next step turns it into
nan (inf - inf, inf / inf), far from the place of the error. exp should raise OverflowError there,
as Python's own exp does.
"""


def exp(x):
    import numpy as np

    with np.errstate(over="ignore"):
        y = float(np.exp(x.data))
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    if x.data <= 0.0:
        return Value(0.0, (x,), "relu", (0.0,))
    return Value(x.data, (x,), "relu", (1.0,))


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
