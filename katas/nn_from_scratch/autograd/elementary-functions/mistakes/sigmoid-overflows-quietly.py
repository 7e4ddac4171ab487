"""For a very negative x, sigmoid computes an e^-x that overflows to inf.

At x = -1000 numpy turns 1 / inf into 0 and only prints a warning, so the number looks right. If
warnings are turned into errors, the program stops there, and in a different formula the same inf
becomes nan. Choose the form in which the exponent is never positive, and nothing overflows.
"""


def sigmoid(x):
    import numpy as np

    s = float(1.0 / (1.0 + np.exp(-x.data)))
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
