"""elu chooses between x and gamma (exp(x) - 1) with np.where, as the formula is written.

Two things go wrong. The form that is not used overflows for x = 1000, which gives a warning, or an
exception if warnings are turned into errors. And near 0, exp(x) - 1 cancels: elu(-1e-17) is 0
instead of -1e-17. Limit the exponent to numbers that are not positive, and use the function that
numpy has for e^x - 1.
"""


def elu(x, gamma=1.0):
    values = _floats(x)
    return np.where(values > 0, values, gamma * (np.exp(values) - 1.0))
