"""The tasks are a dict, and batches returns a list of slices that may end past the end."""

import numpy as np

from ..activations.logistic import sigmoid
from .softmax import softmax
from .three_layer import identity_function

_ACTIVATIONS = {"regression": identity_function, "binary": sigmoid, "multiclass": softmax}


def output_activation(task):
    if task not in _ACTIVATIONS:
        raise ValueError(f"unknown task {task}")
    return _ACTIVATIONS[task]


def predict_classes(scores):
    scores = np.asarray(scores)
    if scores.ndim != 2 or scores.shape[1] < 1:
        raise ValueError("scores must be (N, C)")
    if scores.shape[1] == 1:
        scores = np.hstack([np.zeros_like(scores), scores])
    return np.argmax(scores, axis=1)


def batches(n, size):
    if size < 1:
        raise ValueError("size is too small")
    return [slice(start, start + size) for start in range(0, n, size)]


def predict_in_batches(f, X, batch_size):
    X = np.asarray(X)
    slices = batches(len(X), batch_size)
    if not slices:
        return np.array(f(X))
    results = [np.asarray(f(X[s])) for s in slices]
    if any(r.shape[:1] != X[s].shape[:1] for r, s in zip(results, slices, strict=True)):
        raise ValueError("f must return one row per sample")
    return np.concatenate(results, axis=0)


def accuracy(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.ndim != 1 or y.ndim != 1 or len(pred) != len(y) or len(y) < 1:
        raise ValueError("pred and y must be (N,) with N at least 1")
    return np.count_nonzero(pred == y) / len(y)
