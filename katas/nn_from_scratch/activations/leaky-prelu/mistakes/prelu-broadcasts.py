"""prelu accepts every alpha that numpy can broadcast.

With x of shape (4, 3), an alpha of shape (4, 1) becomes one slope per sample, and with an alpha of
shape (3,), an x of shape (4, 1) becomes (4, 3), without an error. Compare the shapes, and raise
ValueError.
"""


def prelu(x, alpha):
    values, slopes = _floats(x), np.asarray(alpha)
    if not slopes.ndim:
        slopes = slopes.astype(values.dtype)
    return np.where(values > 0, values, slopes * values)
