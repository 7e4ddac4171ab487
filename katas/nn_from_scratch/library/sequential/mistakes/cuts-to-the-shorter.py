"""Samples and targets of different lengths are cut to the shorter length.

If a label is missing in the middle, all samples after it are learned with the label of their
neighbour, without an error. Raise a ValueError.
"""


def _pair(X, Y):
    n = min(len(X), len(Y))
    if n == 0:
        raise ValueError("there are no samples")
    return np.asarray(X)[:n], np.asarray(Y)[:n]
