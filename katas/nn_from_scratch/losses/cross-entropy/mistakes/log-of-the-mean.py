"""cross_entropy averages the probabilities of the true classes and takes the logarithm afterwards.

For the probabilities 0.7 and 0.5 it gives -log 0.6 = 0.511 instead of 0.525. Each sample has a cost
of its own, so the logarithm comes first and the mean last.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if Y.shape != P.shape or P.size == 0:
        raise ValueError("the shapes differ, or there are no samples")
    p = np.exp((Y * np.log(np.maximum(P, eps))).sum(axis=-1))
    return float(-np.log(p.mean()))
