"""var is squared before it is used, as if it were the standard deviation.

The argument is the variance, which is already a square. For e = -2 and a variance of 4 the loss is
2.430 instead of 2.112, and a sample with a variance of 4 counts a sixteenth instead of a quarter.
"""

base = "variants/lstsq"


def gaussian_nll(pred, y, var):
    e, var = _errors(pred, y, var)
    var = var**2
    return float(np.mean(e * e / var + np.log(2 * np.pi * var)) / 2)


def gaussian_nll_grad(pred, y, var):
    e, var = _errors(pred, y, var)
    return e / var**2 / len(e)


def fit_line(x, y, var=1.0):
    x, y, var = _points(x, y, var)
    return _line(x, y, 1 / var)
