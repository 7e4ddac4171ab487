"""The rows of the confusion matrix are the predictions and its columns the labels.

The diagonal is the same, so the accuracy does not show it. But "eight images of 3 were read as
8" becomes "eight images of 8 were read as 3". The rows are the labels.
"""


def confusion_matrix(y, pred, classes=10):
    labels, predicted = np.asarray(y), np.asarray(pred)
    if labels.ndim != 1 or labels.shape != predicted.shape:
        raise ValueError(f"y and pred must be (N,), got {labels.shape} and {predicted.shape}")
    counts = np.zeros((classes, classes), dtype=np.int64)
    for values in (labels, predicted):
        if (values < 0).any() or (values >= classes).any():
            raise ValueError(f"classes must be from 0 to {classes - 1}")
    np.add.at(counts, (predicted.astype(int), labels.astype(int)), 1)
    return counts
