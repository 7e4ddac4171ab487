"""softmax passes the scores to exp without shifting them first.

exp overflows above 709.78, so a score of 1000 gives inf/inf = nan, and a row of scores around -1000
gives 0/0. A number that is subtracted from all scores of a row cancels in the fraction. Choose one
that makes overflow impossible.
"""

base = "variants/by-logsumexp"


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)
