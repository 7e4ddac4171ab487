"""The local derivative of sigmoid is 1 - s², which is the rule for tanh.

The two curves look alike, but sigmoid goes from 0 to 1 and is less steep: at x = 0 its derivative
is 0.25, while 1 - s² is 0.75. Use s (1 - s).
"""


def exp(x):
    y = math.exp(x.data)
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
    return Value(s, (x,), "sigmoid", (1.0 - s * s,))
