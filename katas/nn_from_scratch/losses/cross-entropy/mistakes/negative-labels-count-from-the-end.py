"""one_hot accepts negative labels, and numpy counts them from the end.

The label -1, which often means "unknown", becomes the last class without an error. Test the range of
the labels before you use them as an index.
"""


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError("y must have one axis")
    if y.dtype.kind not in "iu":
        raise ValueError("labels must be integers")
    if (y >= num_classes).any():
        raise ValueError("a label is out of range")
    rows = np.zeros((len(y), num_classes))
    rows[np.arange(len(y)), y] = 1.0
    return rows
