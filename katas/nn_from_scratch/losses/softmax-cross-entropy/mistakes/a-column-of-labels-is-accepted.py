"""Labels of shape (N, 1) are flattened instead of rejected.

Y with two axes means rows of probabilities, so a column of labels is most likely a mistake by the caller.
Test that rows have the shape of z.
"""

base = "variants/by-hand"


def _logits_and_targets(z, y):
    z, Y = _floats(z), np.asarray(y)
    if z.ndim != 2 or len(z) == 0:
        raise ValueError("z must be (N, C)")
    if Y.ndim == 1 or Y.shape == (len(z), 1):
        Y = one_hot(Y.reshape(-1), z.shape[1])
    if Y.shape != z.shape:
        raise ValueError("y does not match z")
    return z, Y.astype(z.dtype)
