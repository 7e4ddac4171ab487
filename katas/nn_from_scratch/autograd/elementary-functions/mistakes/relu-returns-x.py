"""For positive x, relu returns x itself instead of a new node.

The number is right, but there is only 1 node where the graph should have 2: setting or clearing the
gradient of the result changes x.grad as well. Make a new node in both cases; its derivative is 1
here.
"""


def relu(x):
    if x.data > 0.0:
        return x
    return Value(0.0, (x,), "relu", (0.0,))
