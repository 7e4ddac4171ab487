"""log_softmax computes the softmax first and then takes its logarithm.

A probability below about 1e-323 is rounded to 0, and the logarithm of 0 is -inf: for the scores (0,
1000) the result should be (-1000, 0), but it is (-inf, 0). Use a rule for the logarithm of a
fraction on paper, before anything is rounded.
"""

base = "variants/textbook"


def log_softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.log(e / e.sum(axis=axis, keepdims=True))
