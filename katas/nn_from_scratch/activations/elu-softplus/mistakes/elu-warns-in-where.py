"""np.where chooses between x and gamma (e^x - 1), but computes both of them for every x.

The result is right. But for x = 1000 the form that is not used overflows, which gives a warning, or
an exception if warnings are turned into errors. Make the exponent safe first: it never has to be
positive.
"""


def elu(x, gamma=1.0):
    values = _floats(x)
    return np.where(values > 0, values, gamma * np.expm1(values))
