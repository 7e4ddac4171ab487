"""The binary functions do not compare the shapes of z and y.

For z of shape (N, 1) and y of shape (N,), numpy makes an (N, N) array, and its mean looks
like a loss. Test that both are (N,).
"""

base = "variants/by-hand"


def _binary(z, y):
    z = _floats(z)
    y = np.asarray(y, dtype=z.dtype)
    if z.size == 0 or (y < 0).any() or (y > 1).any():
        raise ValueError("z and y must be (N,), and y from 0 to 1")
    return z, y
