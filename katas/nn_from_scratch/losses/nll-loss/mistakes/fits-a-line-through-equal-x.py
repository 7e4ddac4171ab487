"""fit_line returns a line, even if all x are equal.

Every slope fits such points equally well, so the result is an accident of the method, or nan. Raise a
ValueError.
"""

base = "variants/lstsq"


def _points(x, y, var):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    _, var = _errors(x, y, var)
    return x, y, var
