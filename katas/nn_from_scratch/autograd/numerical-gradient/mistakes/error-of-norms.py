"""relative_error compares the norms of whole arrays, not single elements.

A wrong number that is small beside the others hardly counts: 0.001 instead of 0.002 is wrong by a
factor of 2, and next to an element of 1000 it disappears. Divide each difference by the size of its
own two numbers, and take the largest result.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.linalg.norm(a - b) / max(floor, np.linalg.norm(a) + np.linalg.norm(b)))
