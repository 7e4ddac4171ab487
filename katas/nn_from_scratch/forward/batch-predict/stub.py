"""Use a network: choose its output activation, run it in batches, and count its right answers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def output_activation(task: str) -> Callable[[ArrayLike], _Floats]:
    """Return the function that turns the last scores of a network into its prediction.

    Args:
        task: "regression" for ``identity_function`` (any number), "binary" for ``sigmoid`` (the
            probability of class 1), or "multiclass" for ``softmax`` (one probability per class,
            which add up to 1 in each row).

    Raises:
        ValueError: ``task`` is none of these.
    """
    raise NotImplementedError("kata batch-predict: output_activation is not written yet")


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
    raise NotImplementedError("kata batch-predict: predict_classes is not written yet")


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
    raise NotImplementedError("kata batch-predict: batches is not written yet")


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
    raise NotImplementedError("kata batch-predict: predict_in_batches is not written yet")


def accuracy(pred: ArrayLike, y: ArrayLike) -> float:
    """Return the fraction of the samples whose predicted class is the label, from 0 to 1.

    Args:
        pred: the predicted classes, (N,).
        y: the labels, (N,).

    Raises:
        ValueError: ``pred`` and ``y`` are not both (N,), or there are no samples (N = 0).
    """
    raise NotImplementedError("kata batch-predict: accuracy is not written yet")
