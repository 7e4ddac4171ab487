"""In fit_line, a larger variance makes the slope smaller.

This is the line for a prior that wants a slope near 0. The likelihood contains no prior: a larger
variance divides all squared errors by the same number, and the minimum stays where it is. The
example has a slope of 1.5 for every variance, and with a variance of 4 this gives 0.5.
"""

base = "variants/lstsq"


def fit_line(x, y, var=1.0):
    x, y, var = _points(x, y, var)
    w = 1 / var
    middle, height = (w * x).sum() / w.sum(), (w * y).sum() / w.sum()
    a = (w * (x - middle) * (y - height)).sum() / ((w * (x - middle) ** 2).sum() + 1)
    return float(a), float(height - a * middle)
