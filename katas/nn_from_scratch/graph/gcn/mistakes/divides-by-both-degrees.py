"""Each entry is divided by both degrees, and not by their roots.

Signals then shrink in every layer, most of all around nodes with many neighbours: the largest eigenvalue is
below 1. In the example of the lesson, 1/√6 becomes 1/6. Take the root of each degree.
"""


def normalize_adjacency(A):
    edges = _floats(A)
    if edges.ndim != 2 or edges.shape[0] != edges.shape[1]:
        raise ValueError(f"A must be (n, n), got {edges.shape}")
    if not np.array_equal(edges, edges.T) or (edges < 0).any() or edges.diagonal().any():
        raise ValueError("A must be symmetric, without negative entries and with a zero diagonal")
    with_loops = edges + np.eye(len(edges), dtype=edges.dtype)
    roots = np.sqrt(with_loops.sum(axis=1))
    result = with_loops / (roots[:, np.newaxis] * roots) ** 2
    return result
