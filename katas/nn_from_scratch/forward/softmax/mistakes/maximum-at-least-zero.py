"""softmax subtracts the maximum of a row only when it is positive.

A row such as (-1010, -1000, -990) stays as it is: each of its exponentials is rounded to 0, and the
result is 0/0 = nan. A large negative maximum needs the shift as much as a large positive one.
"""

base = "variants/by-logsumexp"


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - np.maximum(0, z.max(axis=axis, keepdims=True)))
    return e / e.sum(axis=axis, keepdims=True)
