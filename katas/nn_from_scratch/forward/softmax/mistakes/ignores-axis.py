"""softmax always works along the last axis and ignores axis.

With axis=0 the rows add up to 1 and the columns do not. The probabilities should add up to 1 along
the axis that is passed; use it for both the maximum and the sum.
"""

base = "variants/by-logsumexp"


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
