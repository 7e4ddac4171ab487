"""softmax adds the maximum to the scores instead of subtracting it.

On paper adding any number is allowed. In floating point, adding makes large scores larger: even
(500, 499, 498), which needs no help, gives nan. After the shift, the largest score should be 0.
"""

base = "variants/by-logsumexp"


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z + z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
