"""A pair of classes that comes up several times is counted once.

numpy reads all the places, adds 1 to what it has read, and writes: 50 samples of one pair leave a 1
there. Every sample has to count.
"""


def confusion_matrix(truth, predicted, classes):
    if len(truth) != len(predicted):
        raise ValueError("not as many predictions as samples")
    if any(not 0 <= label < classes for label in (*truth, *predicted)):
        raise ValueError("a label is not a class")
    counts = np.zeros((classes, classes), dtype=int)
    counts[truth, predicted] += 1
    return counts
