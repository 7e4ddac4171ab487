"""confusion_matrix accepts classes below 0.

numpy treats row -1 as the last one, so a missing label that is coded as -1 becomes a 9. Raise a
ValueError.
"""


def confusion_matrix(y, pred, classes=10):
    labels, predicted = np.asarray(y), np.asarray(pred)
    if labels.ndim != 1 or labels.shape != predicted.shape:
        raise ValueError(f"y and pred must be (N,), got {labels.shape} and {predicted.shape}")
    counts = np.zeros((classes, classes), dtype=np.int64)
    for values in (labels, predicted):
        if (values >= classes).any():
            raise ValueError(f"classes must be from 0 to {classes - 1}")
    np.add.at(counts, (labels.astype(int), predicted.astype(int)), 1)
    return counts
