"""softplus is computed as log1p(exp(x)).

log1p keeps the left tail. But above 709, exp overflows, and the result is inf instead of 1000. For
positive x, take e^x out of the logarithm: log(1 + e^x) is x + log(1 + e^-x).
"""


def softplus(x):
    return np.log1p(np.exp(_floats(x)))
