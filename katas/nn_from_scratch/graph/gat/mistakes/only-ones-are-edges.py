"""Only entries of A that are exactly 1 count as edges.

An edge with a weight of 0.5 or 3 is an edge too: every entry that is not 0 counts.
"""


def _check(H, A, W, a_self, a_other):
    features, weights, own, other = (_floats(H), _floats(W), _floats(a_self), _floats(a_other))
    visible = np.asarray(A) == 1
    if (features.ndim, weights.ndim) != (2, 2):
        raise ValueError(f"H must be (n, I) and W (I, O), got {features.shape}, {weights.shape}")
    if visible.shape != (len(features), len(features)):
        raise ValueError(f"A must be (n, n), got {visible.shape}")
    if (own.shape, other.shape) != (weights.shape[1:],) * 2:
        raise ValueError(f"a_self and a_other must be (O,), got {own.shape} and {other.shape}")
    return (features, visible | np.eye(len(features), dtype=bool), weights, own, other)
