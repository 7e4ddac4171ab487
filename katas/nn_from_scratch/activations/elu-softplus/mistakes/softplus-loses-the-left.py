"""softplus adds 1 and a small number before it takes the logarithm.

1 + exp(-40) is rounded to 1, and log(1) is 0 instead of 4.2e-18; at -30 only three digits are
correct. numpy has a function for log(1 + y) that keeps a small y.
"""


def softplus(x):
    values = _floats(x)
    return np.maximum(values, 0.0) + np.log(1.0 + np.exp(-np.abs(values)))
