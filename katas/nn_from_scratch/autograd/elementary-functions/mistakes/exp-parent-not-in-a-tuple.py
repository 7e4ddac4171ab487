"""exp passes its parent as x itself, not as a tuple with x in it.

In Python, (x) is only x in brackets; the comma in (x,) makes the tuple. push() goes through the
parents one by one, and a single Value has 0 entries to go through, so Python raises a TypeError.
Add the comma, and look at the other three functions too.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, x, "exp", (y,))


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
