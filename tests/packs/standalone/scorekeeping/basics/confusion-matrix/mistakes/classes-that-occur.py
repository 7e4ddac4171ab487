"""Only the classes up to the largest label that occurs get a row.

With 4 classes and the labels 0 and 1 the matrix is (2, 2) and not (4, 4), so that matrices of two
batches cannot even be added. The number of classes is the argument, not what the data happens to
hold.
"""


def confusion_matrix(truth, predicted, classes):
    if len(truth) != len(predicted):
        raise ValueError("not as many predictions as samples")
    if any(not 0 <= label < classes for label in (*truth, *predicted)):
        raise ValueError("a label is not a class")
    classes = max([0, *truth, *predicted]) + 1
    counts = np.zeros((classes, classes), dtype=int)
    for t, p in zip(truth, predicted, strict=True):
        counts[t, p] += 1
    return counts
