"""Each node gets two edges to itself: A + 2 I.

Its own features then count twice as much as those of a neighbour. In the example of the lesson, an end of
the path keeps 2/3 of its features instead of 1/2. Add the identity matrix only once.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or edges.shape[0] != edges.shape[1]:
        raise ValueError(f"A must be (n, n), got {edges.shape}")
    if not np.array_equal(edges, edges.T) or (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must be symmetric, without negative entries and with a zero diagonal")
    with_loops = edges + 2 * np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt(with_loops.sum(axis=1))
    result = with_loops / (roots[:, np.newaxis] * roots)
    return result
