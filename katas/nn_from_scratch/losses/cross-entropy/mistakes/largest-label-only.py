"""cross_entropy looks only at the class with the largest number in each row of Y.

That is right for one-hot rows. For the soft label (0.5, 0.5, 0) it counts one class fully and the other
not at all: 1.609 instead of 0.983 in the example of the check. Multiply each logarithm by its Y.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if Y.shape != P.shape or P.size == 0:
        raise ValueError("the shapes differ, or there are no samples")
    Y, P = np.atleast_2d(Y), np.atleast_2d(P)
    p = P[np.arange(len(P)), Y.argmax(axis=1)]
    return float(-np.log(np.maximum(p, eps)).mean())
