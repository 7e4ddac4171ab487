"""The rows of the surface belong to w1, and the columns to w2.

The picture is mirrored about its diagonal, and its shape is (A, B) instead of (B, A). In the example
of the lesson, the first row is (31, 41) and not (31, 32). A row is one height in the picture, so w2
is constant along it.
"""


def surface(loss, w1, w2):
    across, up = np.asarray(w1, dtype=np.float64), np.asarray(w2, dtype=np.float64)
    if across.ndim != 1 or up.ndim != 1:
        raise ValueError("w1 and w2 must have one axis")
    return np.asarray(loss(*np.meshgrid(across, up, indexing="ij")))
