"""The number of batches is rounded up, and the result array is filled batch by batch."""

import numpy as np

from ..activations.logistic import sigmoid
from .softmax import softmax
from .three_layer import identity_function


def output_activation(task):
    match task:
        case "regression":
            return lambda z: identity_function(z)
        case "binary":
            return lambda z: sigmoid(z)
        case "multiclass":
            return lambda z: softmax(z, axis=-1)
    raise ValueError("there is no such task")


def predict_classes(scores):
    scores = np.asarray(scores)
    n, c = scores.shape
    if c == 0:
        raise ValueError("there are no classes")
    best, value = np.zeros(n, dtype=int), scores[:, 0].copy()
    if c == 1:
        best[value > 0] = 1
    for column in range(1, c):
        better = scores[:, column] > value
        best[better] = column
        value[better] = scores[better, column]
    return best


def batches(n, size):
    if size <= 0:
        raise ValueError("a batch needs a row")
    for k in range(-(-n // size)):
        yield slice(k * size, min(n, k * size + size))


def predict_in_batches(f, X, batch_size):
    X = np.asarray(X)
    if batch_size <= 0:
        raise ValueError("a batch needs a row")
    result = None
    for s in list(batches(len(X), batch_size)) or [slice(None)]:
        rows = np.asarray(f(X[s]))
        if rows.ndim == 0 or len(rows) != len(X[s]):
            raise ValueError("f must return one row per sample")
        if result is None:
            result = np.empty((len(X), *rows.shape[1:]), rows.dtype)
        result[s] = rows
    return result


def accuracy(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.shape != y.shape or pred.ndim != 1:
        raise ValueError("the shapes differ")
    hits = sum(1 for a, b in zip(pred, y, strict=True) if a == b)
    try:
        return hits / len(y)
    except ZeroDivisionError:
        raise ValueError("there are no samples") from None
