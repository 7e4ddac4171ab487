"""The nodes get no edge to themselves.

Each node then sees only its neighbours and loses its own features. In the example of the lesson,
the end of the path passes 0 of its 6 to itself, instead of 3. Add the identity matrix before the
degrees are computed.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or not np.array_equal(edges, edges.T):
        raise ValueError(f"A must be (n, n) and symmetric, got an array {edges.shape}")
    if (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must have no negative entry, and only zeros on its diagonal")
    with_loops = edges
    roots = np.sqrt(
        np.where(with_loops.sum(axis=1) > 0, with_loops.sum(axis=1), 1).astype(edges.dtype)
    )
    result = with_loops / (roots[:, np.newaxis] * roots)
    return result
