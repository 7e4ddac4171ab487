"""Rows and columns are the wrong way round.

A sample of class 0 that was taken for class 2 counts in row 0, column 2; here it counts in row 2,
column 0. The rows are the truth.
"""


def confusion_matrix(truth, predicted, classes):
    if len(truth) != len(predicted):
        raise ValueError("not as many predictions as samples")
    if any(not 0 <= label < classes for label in (*truth, *predicted)):
        raise ValueError("a label is not a class")
    counts = np.zeros((classes, classes), dtype=int)
    for t, p in zip(truth, predicted, strict=True):
        counts[p, t] += 1
    return counts
