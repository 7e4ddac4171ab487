"""relative_error divides by |a + b| instead of |a| + |b|.

Two opposite numbers cancel in the sum: for 1 against -1 the denominator is 0 and the floor is
used, so the error is 2e8 and not 1. Take the absolute values first and add them then.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a + b))))
