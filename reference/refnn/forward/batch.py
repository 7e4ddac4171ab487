"""Use a network: choose its output activation, run it in batches, and count its right answers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations.logistic import sigmoid
from .softmax import softmax
from .three_layer import identity_function

_Floats = NDArray[np.floating[Any]]

_ACTIVATIONS: dict[str, Callable[[ArrayLike], _Floats]] = {
    "regression": identity_function,
    "binary": sigmoid,
    "multiclass": softmax,
}


def output_activation(task: str) -> Callable[[ArrayLike], _Floats]:
    """Return the function that turns the last scores of a network into its prediction.

    Args:
        task: "regression" for ``identity_function`` (any number), "binary" for ``sigmoid`` (the
            probability of class 1), or "multiclass" for ``softmax`` (one probability per class,
            which add up to 1 in each row).

    Raises:
        ValueError: ``task`` is none of these.
    """
    if task not in _ACTIVATIONS:
        raise ValueError(f"task must be one of {', '.join(_ACTIVATIONS)}, got {task!r}")
    return _ACTIVATIONS[task]


def predict_classes(scores: ArrayLike) -> NDArray[np.int64]:
    """Return the predicted class of each sample, a new array of N integers.

    Args:
        scores: one row per sample, (N, C), logits or probabilities: the prediction is the column
            of the largest score, and the first one of equal scores. With one column, (N, 1), the
            scores are logits of class 1: the prediction is 1 where the logit is above 0, and 0
            elsewhere. N may be 0. The array is not changed.

    Raises:
        ValueError: ``scores`` is not (N, C) with at least one column.
    """
    values = np.asarray(scores)
    if values.ndim != 2:
        raise ValueError(f"scores must be (N, C), got shape {values.shape}")
    if values.shape[1] == 1:
        return np.asarray(values.ravel() > 0, dtype=np.int64)
    # numpy raises a ValueError where there is no column.
    return np.asarray(values.argmax(axis=1), dtype=np.int64)


def batches(n: int, size: int) -> Iterator[slice]:
    """Yield slices that divide n rows into batches, in order.

    Each row is in exactly one batch. All batches have ``size`` rows, and the last may have fewer;
    none is empty. For n = 0 there are no batches.

    Args:
        n: the number of rows, 0 or more.
        size: the number of rows per batch.

    Raises:
        ValueError: ``size`` is below 1. It may be raised when the first slice is asked for.
    """
    if size < 1:
        raise ValueError(f"size must be at least 1, got {size}")
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))


def predict_in_batches(
    f: Callable[[NDArray[Any]], ArrayLike], X: ArrayLike, batch_size: int
) -> NDArray[Any]:
    """Return ``f(X)``, computed in batches: a large data set need not fit into memory at once.

    Args:
        f: a function that computes each sample by itself, (n, ...) to (n, ...).
        X: N samples along the first axis, (N, ...). It is not changed.
        batch_size: the largest number of samples that ``f`` gets at once.

    Returns:
        A new array with the results of the batches in the order of the samples, in the dtype that
        ``f`` returns. Each sample is passed to ``f`` once. For N = 0, ``f`` is called once with
        the empty ``X``, which tells the shape of the result.

    Raises:
        ValueError: ``batch_size`` is below 1, or ``f`` does not return one row per sample.
    """
    samples = np.asarray(X)
    parts = [samples[part] for part in batches(len(samples), batch_size)] or [samples]
    results = [np.asarray(f(part)) for part in parts]
    for part, result in zip(parts, results, strict=True):
        if result.shape[:1] != part.shape[:1]:
            raise ValueError(f"f must return {len(part)} rows, got shape {result.shape}")
    return np.concatenate(results)


def accuracy(pred: ArrayLike, y: ArrayLike) -> float:
    """Return the fraction of the samples whose predicted class is the label, from 0 to 1.

    Args:
        pred: the predicted classes, (N,).
        y: the labels, (N,).

    Raises:
        ValueError: ``pred`` and ``y`` are not both (N,), or there are no samples (N = 0).
    """
    predicted, labels = np.asarray(pred), np.asarray(y)
    if predicted.ndim != 1 or predicted.shape != labels.shape:
        raise ValueError(f"pred and y must be (N,), got {predicted.shape} and {labels.shape}")
    if len(labels) == 0:
        raise ValueError("without samples there is no accuracy")
    return float((predicted == labels).mean())
