"""For positive x, relu returns x itself instead of a new node.

The number is right, but there is 1 node where the graph should have 2: setting or clearing the
gradient of the result changes x.grad as well. Make a new node in both cases; its derivative is 1
here.
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
        return x
    return Value(0.0, (x,), "relu", (0.0,))


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
