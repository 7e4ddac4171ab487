"""One sample at a time."""

import numpy as np


def confusion_matrix(truth, predicted, classes):
    if len(truth) != len(predicted):
        raise ValueError("not as many predictions as samples")
    if any(not 0 <= label < classes for label in (*truth, *predicted)):
        raise ValueError("a label is not a class")
    counts = np.zeros((classes, classes), dtype=int)
    for t, p in zip(truth, predicted, strict=True):
        counts[t, p] += 1
    return counts
