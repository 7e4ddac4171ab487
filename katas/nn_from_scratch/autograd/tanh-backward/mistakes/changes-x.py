"""tanh changes x itself into its own tanh and returns it.

The number that was in x is lost for everything else that uses x: 0.5 becomes 0.4621. There is also
no new node, so the backward pass sees a derivative of 1. Leave x as it is and make a new Value
whose parent is x.
"""


def tanh(x):
    x.data = math.tanh(x.data)
    return x
