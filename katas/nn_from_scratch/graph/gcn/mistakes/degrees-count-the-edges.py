"""A degree is computed as the number of neighbours, not as the sum of the weights.

For edges of weight 1 this is the same. With a weight of 3, the degree of a node with this one edge and its
loop is 4, and not 2. Add up the row.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or not np.array_equal(edges, edges.T):
        raise ValueError(f"A must be (n, n) and symmetric, got an array {edges.shape}")
    if (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must have no negative entry, and only zeros on its diagonal")
    with_loops = edges + np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt((with_loops != 0).sum(axis=1).astype(edges.dtype))
    result = with_loops / (roots[:, np.newaxis] * roots)
    return result
