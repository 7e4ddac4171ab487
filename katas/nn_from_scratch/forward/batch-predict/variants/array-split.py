"""The rows are split by np.array_split at the multiples of size."""

import numpy as np

from ..activations.logistic import sigmoid
from .softmax import softmax
from .three_layer import identity_function


def output_activation(task):
    names = ["regression", "binary", "multiclass"]
    return [identity_function, sigmoid, softmax][names.index(task)]


def predict_classes(scores):
    scores = np.asarray(scores)
    if scores.ndim != 2:
        raise ValueError("scores must have two axes")
    if scores.shape[1] == 1:
        return np.where(scores[:, 0] > 0, 1, 0)
    return (
        np.array([int(np.argmax(row)) for row in scores], dtype=np.int32)
        if (scores.shape[1])
        else _refuse()
    )


def _refuse():
    raise ValueError("there are no columns")


def batches(n, size):
    if size < 1:
        raise ValueError("size must be positive")
    for rows in np.array_split(np.arange(n), range(size, n, size)):
        if len(rows):
            yield slice(int(rows[0]), int(rows[-1]) + 1)


def predict_in_batches(f, X, batch_size):
    X = np.asarray(X)
    parts = [X[s] for s in batches(len(X), batch_size)]
    results = [np.asarray(f(part)) for part in parts or [X]]
    for part, result in zip(parts or [X], results, strict=True):
        if result.shape[:1] != (len(part),):
            raise ValueError("f must keep the number of rows")
    return np.concatenate(results)


def accuracy(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.ndim != 1 or y.shape != pred.shape or y.size == 0:
        raise ValueError("pred and y must be (N,)")
    return float(np.mean(pred == y, dtype=np.float64))
