"""In elu_grad, np.where computes gamma e^x for every x, even for x = 1000.

The result is right. But the form that is not used overflows, which gives a warning, or an exception
if warnings are turned into errors. Make the exponent safe first: it never has to be positive.
"""


def elu_grad(x, gamma=1.0):
    values = _floats(x)
    return np.where(values > 0, np.ones_like(values), gamma * np.exp(values))
