"""At x = 0 the local derivative of relu is 0.5.

relu has a corner there: its derivative is 0 on the left and 1 on the right, and the middle, 0.5, is
a possible choice. But this network uses 0, so that a unit that outputs 0 also passes no gradient.
Choose the derivative by x > 0.
"""


def relu(x):
    if x.data <= 0.0:
        return Value(0.0, (x,), "relu", (0.5 if x.data == 0.0 else 0.0,))
    return Value(x.data, (x,), "relu", (1.0,))
