"""log_softmax adds a small number such as 1e-9 to the probabilities before the logarithm.

There is no longer an -inf, but the result cannot go below log(1e-9) = -20.7: for the scores (0, 1000)
the first number should be -1000. All other results are slightly wrong too. The exact logarithm
needs no such number when it is computed from the shifted scores.
"""

base = "variants/textbook"


def log_softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.log(e / e.sum(axis=axis, keepdims=True) + 1e-9)
