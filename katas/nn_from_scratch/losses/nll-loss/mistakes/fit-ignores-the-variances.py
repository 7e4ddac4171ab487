"""fit_line returns the usual least-squares line, even when the variances differ.

Each squared error is divided by its own variance. In the example with the variances 1, 1/4 and 1
the intercept is -1, but this gives -0.5.
"""

base = "variants/lstsq"


def fit_line(x, y, var=1.0):
    x, y, var = _points(x, y, var)
    return _line(x, y, np.ones_like(x))
