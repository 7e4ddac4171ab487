"""softmax stores its result in an array of the dtype of the scores, so integer scores give integers.

Probabilities such as 0.090, 0.245 and 0.665 are all truncated to 0. Convert integers to float64
before you compute.
"""

base = "variants/by-logsumexp"


def softmax(z, axis=-1):
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return (e / e.sum(axis=axis, keepdims=True)).astype(z.dtype)
