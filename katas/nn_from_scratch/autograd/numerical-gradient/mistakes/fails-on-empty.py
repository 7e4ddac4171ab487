"""relative_error fails for empty arrays.

The maximum of no numbers is undefined, and numpy raises a ValueError. Two empty arrays do not
differ, so the answer is 0.0. Handle this case before you take the maximum.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
