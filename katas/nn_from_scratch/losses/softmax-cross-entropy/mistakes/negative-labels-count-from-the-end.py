"""Labels are used as an index without a test, so -1 means the last class.

A label of -1 is a mistake by the caller, and the loss looks right. one_hot of the kata cross-entropy
tests its labels.
"""

base = "variants/by-hand"


def _logits_and_targets(z, y):
    z, Y = _floats(z), np.asarray(y)
    if z.ndim != 2 or len(z) == 0:
        raise ValueError("z must be (N, C)")
    if Y.ndim == 1:
        if Y.dtype.kind not in "iu" or (z.shape[1] <= Y).any():
            raise ValueError("labels must be integers below C")
        Y = np.eye(z.shape[1])[Y]
    if Y.shape != z.shape:
        raise ValueError("y does not match z")
    return z, Y.astype(z.dtype)
