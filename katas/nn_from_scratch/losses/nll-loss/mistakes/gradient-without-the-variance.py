"""gaussian_nll_grad returns e / N, as if every variance were 1.

The more accurate a measurement is, the more its error counts. For e = -2 and a variance of 4 the
gradient is -0.5, but this gives -2.
"""

base = "variants/lstsq"


def gaussian_nll_grad(pred, y, var):
    e, var = _errors(pred, y, var)
    return e / len(e)
