"""prelu_backward accepts every dout that numpy can broadcast.

A dout of shape (3,) or (4, 1) is used for a whole batch of shape (4, 3), without an error. That
hides a mistake elsewhere. Compare its shape with that of x, and raise ValueError.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    dx = upstream * np.where(values > 0, np.ones_like(values), slopes)
    dalpha = (upstream * np.minimum(values, 0.0)).sum(axis=0 if slopes.ndim else None)
    return dx, dalpha
