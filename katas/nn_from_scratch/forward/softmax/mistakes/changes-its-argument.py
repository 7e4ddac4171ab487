"""softmax changes the caller's array.

An in-place operation such as -= writes into the array that was passed in: the scores (1, 2, 3) of
the caller are (-2, -1, 0) afterwards. Compute a new array instead.
"""

base = "variants/by-logsumexp"


def softmax(z, axis=-1):
    z = _floats(z)
    z -= z.max(axis=axis, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)
