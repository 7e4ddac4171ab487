"""log refuses negative numbers but returns -inf for 0.

0 has no logarithm either. The local derivative 1/0 is inf, and the next product with 0 is nan. log
should raise ValueError for 0 as well: compare with <= and not with <.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data < 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    if x.data == 0.0:
        return Value(-math.inf, (x,), "log", (math.inf,))
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
