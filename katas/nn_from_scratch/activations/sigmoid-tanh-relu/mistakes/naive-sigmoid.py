"""sigmoid is computed as 1 / (1 + exp(-x)) for every x.

exp(-x) overflows for x below -709, so sigmoid(-720) becomes 0 instead of 2.0e-313, and numpy prints
a warning. In float32 this begins at -88.7. A logarithm of that 0 is -inf. Use a form in which the
exponent is never positive.
"""


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-_floats(x)))
