"""At x = 0 the local derivative of relu is 1.

relu has a corner there: its derivative is 0 on the left and 1 on the right. Both are possible
choices, but this network uses 0, so that a unit that outputs 0 also passes no gradient. It matters
whenever an input is exactly 0, as the empty pixels of an image are. Compare with > and not with >=.
"""


def relu(x):
    positive = x.data >= 0.0
    return Value(x.data if positive else 0.0, (x,), "relu", (1.0 if positive else 0.0,))
