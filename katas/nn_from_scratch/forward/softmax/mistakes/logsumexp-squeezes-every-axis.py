"""logsumexp removes every axis of length 1, and not only the axis that was summed over.

squeeze() without an axis turns a result of shape (3, 1) into (3,). A batch of one row loses its
first axis. Remove only the axis that the sum was taken along.
"""

base = "variants/textbook"


def logsumexp(z, axis=-1, keepdims=False):
    z = _floats(z)
    top = z.max(axis=axis, keepdims=True)
    total = top + np.log(np.exp(z - top).sum(axis=axis, keepdims=True))
    return total if keepdims else total.squeeze()
