"""The self-loops are written into A itself.

The caller's graph changes. Make a new array of the visible nodes, and write into that.
"""


def _check(H, A, W, a_self, a_other):
    features, weights, own, other = (_floats(H), _floats(W), _floats(a_self), _floats(a_other))
    graph = np.asarray(A)
    if graph.ndim == 2:
        np.fill_diagonal(graph, 1)
    visible = graph != 0
    if (features.ndim, weights.ndim) != (2, 2):
        raise ValueError(f"H must be (n, I) and W (I, O), got {features.shape}, {weights.shape}")
    if visible.shape != (len(features), len(features)):
        raise ValueError(f"A must be (n, n), got {visible.shape}")
    if (own.shape, other.shape) != (weights.shape[1:],) * 2:
        raise ValueError(f"a_self and a_other must be (O,), got {own.shape} and {other.shape}")
    return (features, visible | np.eye(len(features), dtype=bool), weights, own, other)
