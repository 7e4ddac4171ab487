"""Each row is divided by its sum.

The entries are then shares and no longer counts: 3 of 4 and 300 of 400 look the same, and a class
that does not occur has 0/0 = nan in its row.
"""


def confusion_matrix(truth, predicted, classes):
    if len(truth) != len(predicted):
        raise ValueError("not as many predictions as samples")
    if any(not 0 <= label < classes for label in (*truth, *predicted)):
        raise ValueError("a label is not a class")
    counts = np.zeros((classes, classes), dtype=int)
    for t, p in zip(truth, predicted, strict=True):
        counts[t, p] += 1
    return counts / counts.sum(axis=1, keepdims=True)
