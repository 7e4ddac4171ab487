"""Each row is divided by the degree of its node, so that it adds up to 1.

This is a mean over the neighbours, and it is not symmetric: in the example of the lesson, the first
node takes 1/2 of the second, and the second 1/3 of the first, instead of 1/√6 both ways. Divide by
the square roots of both degrees.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or not np.array_equal(edges, edges.T):
        raise ValueError(f"A must be (n, n) and symmetric, got an array {edges.shape}")
    if (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must have no negative entry, and only zeros on its diagonal")
    with_loops = edges + np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt(with_loops.sum(axis=1))
    result = with_loops / (roots[:, np.newaxis] ** 2)
    return result
