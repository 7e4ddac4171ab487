"""A diagonal that is not 0 is accepted.

Such a node then has two edges to itself, which is nearly always a mistake by the caller: the loops have
already been added. Raise a ValueError.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or not np.array_equal(edges, edges.T):
        raise ValueError(f"A must be (n, n) and symmetric, got an array {edges.shape}")
    if (edges < 0).any():
        raise ValueError("A must have no negative entry, and only zeros on its diagonal")
    with_loops = edges + np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt(with_loops.sum(axis=1))
    result = with_loops / (roots[:, np.newaxis] * roots)
    return result
