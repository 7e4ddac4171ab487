"""The derivative of log is 1 / log(x) instead of 1 / x.

exp and sigmoid write their derivative with the result; log writes it with the input. At x = 2 the
derivative is 0.5, while 1 / log(2) is 1.443, and at x = 1 that is a division by 0. Use x.data.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    y = math.log(x.data)
    return Value(y, (x,), "log", (1.0 / y,))


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
