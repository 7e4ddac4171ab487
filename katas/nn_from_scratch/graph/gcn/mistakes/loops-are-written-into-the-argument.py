"""The loops are written into A itself.

The caller's matrix changes, and a second call with it raises an error, because the diagonal is
no longer 0. Add the identity matrix, which makes a new array.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or not np.array_equal(edges, edges.T):
        raise ValueError(f"A must be (n, n) and symmetric, got an array {edges.shape}")
    if (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must have no negative entry, and only zeros on its diagonal")
    with_loops = edges if edges.dtype != np.asarray(A).dtype else np.asarray(A)
    np.fill_diagonal(with_loops, 1.0)
    roots = np.sqrt(with_loops.sum(axis=1))
    result = with_loops / (roots[:, np.newaxis] * roots)
    return result
