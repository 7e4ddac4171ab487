"""The derivative of exp is x, the number that goes in.

exp is its own derivative, so the number to use is the one that comes out. At x = 2 that is 7.389
and not 2, and at x = -0.5 even the sign is wrong: exp rises everywhere.
"""


def exp(x):
    return Value(math.exp(x.data), (x,), "exp", (x.data,))


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
