"""Rows of Y are not compared with the shape of z, and numpy broadcasts them.

A single row of Y then counts for every sample, without an error. Test the shape before you combine Y
and z.
"""

base = "variants/by-hand"


def _logits_and_targets(z, y):
    z, Y = _floats(z), np.asarray(y)
    if z.ndim != 2 or len(z) == 0:
        raise ValueError("z must be (N, C)")
    if Y.ndim == 1:
        Y = one_hot(Y, z.shape[1])
        if len(Y) != len(z):
            raise ValueError("y does not match z")
    return z, Y.astype(z.dtype)
