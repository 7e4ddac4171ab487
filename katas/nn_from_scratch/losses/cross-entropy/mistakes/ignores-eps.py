"""cross_entropy always uses 1e-15, whatever eps is passed.

With eps = 0.001 a probability of 0 costs 34.54, but it should cost 6.91. Use the argument instead
of the fixed number.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if Y.shape != P.shape or P.size == 0:
        raise ValueError("the shapes differ, or there are no samples")
    return float(-(Y * np.log(np.maximum(P, 1e-15))).sum(axis=-1).mean())
