"""cross_entropy takes the mean over all N · C entries.

The result is C times too small: for ten classes, guessing costs 0.230 instead of 2.303. Add up the
classes of each sample first, and take the mean over the samples only.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if Y.shape != P.shape or P.size == 0:
        raise ValueError("the shapes differ, or there are no samples")
    return float(-(Y * np.log(np.maximum(P, eps))).mean())
