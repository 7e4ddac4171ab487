"""At x = 0 the local derivative of relu is 0.5.

relu has a corner there: its derivative is 0 on the left and 1 on the right, and the middle, 0.5,
can be defended. But this network uses 0, so that a unit that outputs 0 also passes no gradient.
Choose the derivative by x > 0.
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
        return Value(0.0, (x,), "relu", (0.5 if x.data == 0.0 else 0.0,))
    return Value(x.data, (x,), "relu", (1.0,))


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
