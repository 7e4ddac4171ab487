"""The loss gets w1 as one row and w2 as one column, not two arrays of the same shape.

numpy broadcasts them in a loss such as w1 + 10 w2. But a loss that depends on w1 only then gives (1, A) and
not (B, A).
"""


def surface(loss, w1, w2):
    across, up = np.asarray(w1, dtype=np.float64), np.asarray(w2, dtype=np.float64)
    if across.ndim != 1 or up.ndim != 1:
        raise ValueError("w1 and w2 must have one axis")
    return np.asarray(loss(across[np.newaxis], up[:, np.newaxis]))
