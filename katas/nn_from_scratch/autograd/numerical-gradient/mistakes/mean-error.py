"""relative_error returns the mean over all elements, not the largest error.

One wrong entry among a thousand then hardly shows: an element that is completely wrong gives
0.001. A gradient check must look at the worst element. Take the maximum.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.mean(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
