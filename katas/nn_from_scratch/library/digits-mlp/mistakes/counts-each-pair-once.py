"""A pair of label and prediction that occurs several times is counted once.

counts[y, pred] += 1 reads all entries first, adds 1, and writes them back: an entry that occurs
five times becomes 1. Use a function that counts repeated indices.
"""


def confusion_matrix(y, pred, classes=10):
    labels, predicted = np.asarray(y), np.asarray(pred)
    if labels.ndim != 1 or labels.shape != predicted.shape:
        raise ValueError(f"y and pred must be (N,), got {labels.shape} and {predicted.shape}")
    counts = np.zeros((classes, classes), dtype=np.int64)
    for values in (labels, predicted):
        if (values < 0).any() or (values >= classes).any():
            raise ValueError(f"classes must be from 0 to {classes - 1}")
    counts[labels.astype(int), predicted.astype(int)] += 1
    return counts
