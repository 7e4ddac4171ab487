"""cross_entropy of no samples is nan, with a warning.

The mean of no numbers is undefined, and a nan appears much later in places where nobody looks for an
empty batch. Raise a ValueError.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P, float)
    if Y.shape != P.shape:
        raise ValueError("the shapes differ")
    with np.errstate(all="ignore"):
        costs = -(Y * np.log(np.maximum(P, eps))).sum(axis=-1)
        return float(np.divide(np.sum(costs), np.size(costs))) if P.size else float("nan")
