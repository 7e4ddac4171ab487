"""one_hot accepts labels of shape (N, 1) and flattens them.

Labels of this shape go wrong in other places, because numpy broadcasts (N, 1) against (N,) to (N, N).
The lesson asks for a ValueError for every shape but (N,).
"""


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.dtype.kind not in "iu":
        raise ValueError("labels must be integers")
    y = y.reshape(-1)
    if ((y < 0) | (y >= num_classes)).any():
        raise ValueError("a label is out of range")
    rows = np.zeros((len(y), num_classes))
    rows[np.arange(len(y)), y] = 1.0
    return rows
