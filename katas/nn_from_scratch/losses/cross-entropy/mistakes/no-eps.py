"""cross_entropy takes the logarithm of probabilities of 0.

log 0 is -inf. Where Y is 0 the product 0 · -inf is nan, so even the loss of a perfect prediction such as
(0, 1, 0) is nan. Raise small probabilities to eps before the logarithm.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if Y.shape != P.shape or P.size == 0:
        raise ValueError("the shapes differ, or there are no samples")
    return float(-(Y * np.log(P)).sum(axis=-1).mean())
