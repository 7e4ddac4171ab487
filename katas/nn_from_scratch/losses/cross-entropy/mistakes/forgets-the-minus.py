"""cross_entropy has no minus sign, so its result is negative.

The logarithm of a probability is never above 0: the example gives -0.525 instead of 0.525. A training
run that makes this number smaller makes the network worse. Change the sign.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if Y.shape != P.shape or P.size == 0:
        raise ValueError("the shapes differ, or there are no samples")
    return float((Y * np.log(np.maximum(P, eps))).sum(axis=-1).mean())
