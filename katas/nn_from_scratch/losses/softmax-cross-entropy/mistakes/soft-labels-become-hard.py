"""Rows of Y are replaced by the class with the largest number in each row.

For one-hot rows nothing changes. For the soft label (0.5, 0.5, 0) one of the two classes counts
fully and the other not at all. Use the rows as they are.
"""

base = "variants/by-hand"


def _logits_and_targets(z, y):
    z, y = _floats(z), np.asarray(y)
    if z.ndim != 2 or len(z) == 0:
        raise ValueError("z must be (N, C)")
    if y.ndim == 2 and y.shape == z.shape:
        y = y.argmax(axis=1)
    Y = one_hot(y, z.shape[1])
    if Y.shape != z.shape:
        raise ValueError("y does not match z")
    return z, Y.astype(z.dtype)
