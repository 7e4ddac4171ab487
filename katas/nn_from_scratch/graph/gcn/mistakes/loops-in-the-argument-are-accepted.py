"""A diagonal that is not 0 is accepted.

Such a node then has two edges to itself, which is nearly always a mistake of the caller: the loops have
already been added. Raise a ValueError.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or edges.shape[0] != edges.shape[1]:
        raise ValueError(f"A must be (n, n), got {edges.shape}")
    if not np.array_equal(edges, edges.T) or (edges < 0).any():
        raise ValueError("A must be symmetric, without negative entries and with a zero diagonal")
    with_loops = edges + np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt(with_loops.sum(axis=1))
    result = with_loops / (roots[:, np.newaxis] * roots)
    return result
