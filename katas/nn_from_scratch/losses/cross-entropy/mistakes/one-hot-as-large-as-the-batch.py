"""one_hot uses the number of labels as the number of classes, as in np.eye(len(y))[y].

For the labels (2, 0) and four classes there is no row 2, and for five labels of two classes there are
five columns. It is right only if N = C. The number of columns is num_classes.
"""


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError("y must have one axis")
    if y.dtype.kind not in "iu":
        raise ValueError("labels must be integers")
    if ((y < 0) | (y >= num_classes)).any():
        raise ValueError("a label is out of range")
    return np.eye(len(y))[y]
