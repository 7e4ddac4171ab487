"""softplus clips x before exp.

With x limited to 500, the result of 720 and of 1000 is 500. Clipping prevents the overflow and gives a
wrong number. Take e^x out of the logarithm: log(1 + e^x) is x + log(1 + e^-x).
"""


def softplus(x):
    return np.log1p(np.exp(np.clip(_floats(x), -1000.0, 500.0)))
