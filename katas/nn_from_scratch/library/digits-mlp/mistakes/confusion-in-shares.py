"""The rows of the confusion matrix are divided by their sums.

Counts can be added up over several training runs, and their sum is the number of test images; fractions
cannot. And a class without images becomes 0/0 = nan. Return the counts.
"""


def confusion_matrix(y, pred, classes=10):
    labels, predicted = np.asarray(y), np.asarray(pred)
    if labels.ndim != 1 or labels.shape != predicted.shape:
        raise ValueError(f"y and pred must be (N,), got {labels.shape} and {predicted.shape}")
    counts = np.zeros((classes, classes), dtype=np.int64)
    for values in (labels, predicted):
        if (values < 0).any() or (values >= classes).any():
            raise ValueError(f"classes must be from 0 to {classes - 1}")
    np.add.at(counts, (labels.astype(int), predicted.astype(int)), 1)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
