"""The binary functions accept labels such as -1 and 2.

Data with the labels -1 and 1 is common. Here the loss has no lower bound for them: for y = -1 it
decreases without limit as z decreases. Test that y is from 0 to 1.
"""

base = "variants/by-hand"


def _binary(z, y):
    z = _floats(z)
    y = np.asarray(y, dtype=z.dtype)
    if z.ndim != 1 or z.shape != y.shape or z.size == 0:
        raise ValueError("z and y must be (N,)")
    return z, y
