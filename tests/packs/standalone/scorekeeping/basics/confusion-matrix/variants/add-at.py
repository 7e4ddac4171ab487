"""numpy's unbuffered addition counts a place as often as it is named."""

import numpy as np


def confusion_matrix(truth, predicted, classes):
    labels = np.array([truth, predicted], dtype=int)  # of two lengths: a ValueError
    if labels.size and (labels.min() < 0 or labels.max() >= classes):
        raise ValueError("a label is not a class")
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, tuple(labels), 1)
    return counts
