"""fit_line returns (b, a) instead of (a, b).

The line is a x + b, and the slope comes first. In the example this gives (-0.5, 1.5) instead of (1.5,
-0.5).
"""

base = "variants/lstsq"


def fit_line(x, y, var=1.0):
    x, y, var = _points(x, y, var)
    return _line(x, y, 1 / np.sqrt(var))[::-1]
