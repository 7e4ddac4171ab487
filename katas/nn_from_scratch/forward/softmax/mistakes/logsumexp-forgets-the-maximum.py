"""logsumexp subtracts the maximum and does not add it back.

For (1000, 1000) the result is log 2 = 0.693, but it should be 1000 + log 2. In softmax the common
factor cancels in the fraction; in a sum it does not. log(exp(m) · s) is m + log s.
"""

base = "variants/textbook"


def log_softmax(z, axis=-1):
    z = _floats(z)
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def logsumexp(z, axis=-1, keepdims=False):
    z = _floats(z)
    top = z.max(axis=axis, keepdims=True)
    total = np.log(np.exp(z - top).sum(axis=axis, keepdims=True))
    return total if keepdims else total.squeeze(axis=axis)
