"""one_hot converts labels to integers, so 1.9 becomes 1.

A label that is not an integer is a mistake by the caller: perhaps probabilities were passed, and not
labels. Test the dtype, and raise a ValueError.
"""


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError("y must have one axis")
    y = y.astype(int)
    if ((y < 0) | (y >= num_classes)).any():
        raise ValueError("a label is out of range")
    rows = np.zeros((len(y), num_classes))
    rows[np.arange(len(y)), y] = 1.0
    return rows
