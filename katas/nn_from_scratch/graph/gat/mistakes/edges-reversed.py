"""A is used the other way round: node i looks at j if A[j, i] is not 0.

For a symmetric A there is no difference. In a directed graph, row i says at which nodes node i
looks.
"""


def _check(H, A, W, a_self, a_other):
    features, weights, own, other = (_floats(H), _floats(W), _floats(a_self), _floats(a_other))
    visible = np.asarray(A) != 0
    if (features.ndim, weights.ndim) != (2, 2):
        raise ValueError(f"H must be (n, I) and W (I, O), got {features.shape}, {weights.shape}")
    if visible.shape != (len(features), len(features)):
        raise ValueError(f"A must be (n, n), got {visible.shape}")
    if (own.shape, other.shape) != (weights.shape[1:],) * 2:
        raise ValueError(f"a_self and a_other must be (O,), got {own.shape} and {other.shape}")
    return (features, visible.T | np.eye(len(features), dtype=bool), weights, own, other)
