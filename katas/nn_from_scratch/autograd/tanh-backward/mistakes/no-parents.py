"""The result is a new Value that has no parent.

Its number is right, but the graph ends here: no gradient reaches x, and x.grad stays 0.0. A
network with this tanh learns nothing. Pass x as the parent, and the derivative with it.
"""


def tanh(x):
    return Value(math.tanh(x.data))
