"""cross_entropy does not compare the shapes of Y and P, and numpy broadcasts them.

One row of labels is then used for every sample, without an error. Test that both shapes are the same
before you multiply.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if P.size == 0:
        raise ValueError("there are no samples")
    return float(-(Y * np.log(np.maximum(P, eps))).sum(axis=-1).mean())
