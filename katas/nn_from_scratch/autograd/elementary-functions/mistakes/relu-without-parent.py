"""For x that is not positive, relu returns a new 0 without a parent.

The gradient of x is 0 there, so the numbers are right. But the node has 0 parents, and x is missing
from the graph of everything that is computed from it. Keep x as the parent, with a derivative of 0.
"""


def relu(x):
    if x.data > 0.0:
        return Value(x.data, (x,), "relu", (1.0,))
    return Value(0.0)
