"""A label of -1 is counted as the last class.

numpy reads a negative index from the end, so that a marker for "no label" lands among the samples
of the last class without a word. A label that is not a class has to be refused.
"""


def confusion_matrix(truth, predicted, classes):
    if len(truth) != len(predicted):
        raise ValueError("not as many predictions as samples")
    if any(label >= classes for label in (*truth, *predicted)):
        raise ValueError("a label is not a class")
    counts = np.zeros((classes, classes), dtype=int)
    for t, p in zip(truth, predicted, strict=True):
        counts[t, p] += 1
    return counts
