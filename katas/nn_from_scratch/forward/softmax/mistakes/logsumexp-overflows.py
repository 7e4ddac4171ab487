"""logsumexp adds up the exponentials of the scores without shifting them first.

For scores of 1000 the sum is inf, and for scores of -1000 it is 0 and its logarithm -inf. The right
result is an ordinary number: log(exp(1000) + exp(1000)) is 1000 + log 2. Take the maximum out of
the sum, and put it back after the logarithm.
"""

base = "variants/textbook"


def log_softmax(z, axis=-1):
    z = _floats(z)
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def logsumexp(z, axis=-1, keepdims=False):
    z = _floats(z)
    total = np.log(np.exp(z).sum(axis=axis, keepdims=True))
    return total if keepdims else total.squeeze(axis=axis)
