"""logsumexp takes one maximum out of the whole batch instead of one out of each row.

In the batch ((1000, 1000), (-1000, -1000)) the exponentials of the second row are rounded to 0, and
its result is -inf instead of -1000 + log 2. Each row needs its own maximum.
"""

base = "variants/textbook"


def log_softmax(z, axis=-1):
    z = _floats(z)
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def logsumexp(z, axis=-1, keepdims=False):
    z = _floats(z)
    top = z.max()
    total = top + np.log(np.exp(z - top).sum(axis=axis, keepdims=True))
    return total if keepdims else total.squeeze(axis=axis)
