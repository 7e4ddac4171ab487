"""For x that is not positive, relu returns a new 0 without a parent.

The gradient of x is 0 there, so the numbers are right. But the node has 0 parents, and x is
missing from the graph of everything that is computed from it. Keep x as the parent, with the
derivative 0.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    if x.data > 0.0:
        return Value(x.data, (x,), "relu", (1.0,))
    return Value(0.0)


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
