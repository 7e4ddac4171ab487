"""one_hot gives a row of zeros for a label that is out of range.

Such a row makes the cost of its sample 0, as if the prediction were perfect. Raise a ValueError for
labels below 0 or above C - 1.
"""


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError("y must have one axis")
    if y.dtype.kind not in "iu":
        raise ValueError("labels must be integers")
    return (y[:, None] == np.arange(num_classes)).astype(float)
