"""relative_error compares arrays of different shapes.

numpy broadcasts (3, 1) against (3,) to (3, 3) and compares every element with every other
element, without a warning: an array then does not even equal itself. Raise a ValueError unless
the shapes are exactly the same.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
