"""one_hot returns integers, and the lesson asks for float64.

The rows are compared and combined with probabilities. An in-place operation on an integer array
truncates its results. Make the array with a float dtype.
"""


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError("y must have one axis")
    if y.dtype.kind not in "iu":
        raise ValueError("labels must be integers")
    if ((y < 0) | (y >= num_classes)).any():
        raise ValueError("a label is out of range")
    rows = np.zeros((len(y), num_classes), dtype=int)
    rows[np.arange(len(y)), y] = 1
    return rows
