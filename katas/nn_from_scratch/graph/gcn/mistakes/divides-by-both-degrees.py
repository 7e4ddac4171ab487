"""Each entry is divided by both degrees, and not by their square roots.

Signals then shrink in every layer, most of all around nodes with many neighbours: the largest
eigenvalue is below 1. In the example of the lesson, 1/√6 becomes 1/6. Take the square root of each
degree.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or not np.array_equal(edges, edges.T):
        raise ValueError(f"A must be (n, n) and symmetric, got an array {edges.shape}")
    if (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must have no negative entry, and only zeros on its diagonal")
    with_loops = edges + np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt(with_loops.sum(axis=1))
    result = with_loops / (roots[:, np.newaxis] * roots) ** 2
    return result
