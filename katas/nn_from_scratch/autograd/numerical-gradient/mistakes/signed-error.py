"""relative_error takes the largest difference with its sign.

Where a is too small the difference is negative, and the largest of such numbers looks like a
small error or none: (1, 2) against (5, 2) gives 0. Use the absolute value of each difference.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max((a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
