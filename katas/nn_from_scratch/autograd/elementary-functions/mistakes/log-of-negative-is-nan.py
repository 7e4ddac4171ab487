"""log returns nan for a negative number.

numpy's log does so. A nan spreads: after 1 step every weight can be nan, and nobody sees where it
began. log should raise ValueError for every number that has no logarithm, 0 included.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    import numpy as np

    with np.errstate(all="ignore"):
        y, slope = np.log(x.data), 1.0 / np.float64(x.data)
    return Value(float(y), (x,), "log", (float(slope),))


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
