"""The degrees are those of A, without the edge of each node to itself.

They are too small by 1: in the example of the lesson, an end of the path keeps 1/1 of its features instead
of 1/2, and a node without neighbours is divided by 0. Add the loops first, and then compute the degrees.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or not np.array_equal(edges, edges.T):
        raise ValueError(f"A must be (n, n) and symmetric, got an array {edges.shape}")
    if (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must have no negative entry, and only zeros on its diagonal")
    with_loops = edges + np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt(edges.sum(axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        result = with_loops / (roots[:, np.newaxis] * roots)
    return result
