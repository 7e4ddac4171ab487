"""Each node gets two edges to itself: A + 2 I.

Its own features then count twice as much as those of a neighbour. In the example of the lesson, an end of
the path keeps 2/3 of its features instead of 1/2. Add the identity matrix only once.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or not np.array_equal(edges, edges.T):
        raise ValueError(f"A must be (n, n) and symmetric, got an array {edges.shape}")
    if (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must have no negative entry, and only zeros on its diagonal")
    with_loops = edges + 2 * np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt(with_loops.sum(axis=1))
    result = with_loops / (roots[:, np.newaxis] * roots)
    return result
