"""Count which class is taken for which."""

import numpy as np
from numpy.typing import NDArray


def confusion_matrix(
    truth: NDArray[np.int64], predicted: NDArray[np.int64], classes: int
) -> NDArray[np.int64]:
    """Return how often samples of each class were taken for each class.

    Args:
        truth: the class of each sample, N integers from 0 to ``classes`` - 1.
        predicted: the class that each sample was taken for, likewise.
        classes: the number of classes, C.

    Returns:
        A new (C, C) array of integers; row i, column j counts the samples of class i that
        were taken for class j.

    Raises:
        ValueError: there are not as many predictions as samples, or a label is not a class.
    """
    if len(truth) != len(predicted):
        raise ValueError(f"{len(truth)} samples, but {len(predicted)} predictions")
    for label in (*truth, *predicted):
        if not 0 <= label < classes:
            raise ValueError(f"{label} is none of the {classes} classes")
    pairs = np.asarray(truth, np.int64) * classes + np.asarray(predicted, np.int64)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)
