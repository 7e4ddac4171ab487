"""The confusion matrix has as many rows as the largest class that occurs, plus one.

If no image of a test shows a 9, the matrix is 9 × 9, and cannot be added to one of another
test. Its size is given by classes.
"""


def confusion_matrix(y, pred, classes=10):
    labels, predicted = np.asarray(y), np.asarray(pred)
    if labels.ndim != 1 or labels.shape != predicted.shape:
        raise ValueError(f"y and pred must be (N,), got {labels.shape} and {predicted.shape}")
    counts = np.zeros((classes, classes), dtype=np.int64)
    for values in (labels, predicted):
        if (values < 0).any() or (values >= classes).any():
            raise ValueError(f"classes must be from 0 to {classes - 1}")
    seen = 1 + int(max(labels.max(initial=-1), predicted.max(initial=-1)))
    counts = counts[:seen, :seen]
    np.add.at(counts, (labels.astype(int), predicted.astype(int)), 1)
    return counts
