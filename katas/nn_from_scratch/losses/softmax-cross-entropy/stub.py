"""Compute the cross-entropy and its gradient straight from logits, for any number of classes.

Softmax and cross-entropy are combined before anything is rounded: the loss is exact where a
probability is too small for a float, and the derivatives of both cancel to p - y.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def softmax_cross_entropy(z: ArrayLike, y: ArrayLike) -> float:
    """Return ``-(1/N) Σ Y · log softmax(z)``, the mean over the N samples.

    Args:
        z: logits (N, C), of any size.
        y: N labels, integers from 0 to C - 1; or the true probabilities (N, C), where each row adds
            up to 1 (one-hot rows or soft labels).

    Raises:
        ValueError: ``z`` is not (N, C), ``y`` has a different shape, a label is not an integer from
            0 to C - 1, or there are no samples (N = 0).

    No argument is changed. Source: J. S. Bridle 1990.
    """
    raise NotImplementedError(
        "kata softmax-cross-entropy: softmax_cross_entropy is not written yet"
    )


def softmax_cross_entropy_grad(z: ArrayLike, y: ArrayLike) -> _Floats:
    """Return d(loss)/dz of ``softmax_cross_entropy``: ``(softmax(z) - Y) / N``, (N, C).

    Arguments and errors are as for ``softmax_cross_entropy``. The result is a new array; float32
    logits give float32, and integers are converted to float64.
    """
    raise NotImplementedError(
        "kata softmax-cross-entropy: softmax_cross_entropy_grad is not written yet"
    )


def bce_with_logits(z: ArrayLike, y: ArrayLike) -> float:
    """Return the mean binary cross-entropy ``-(1/N) Σ (y log p + (1 - y) log(1 - p))``.

    Here ``p = 1 / (1 + exp(-z))`` is the probability of class 1. The loss is exact for logits of
    any size.

    Args:
        z: one logit per sample, (N,).
        y: the true probabilities of class 1, (N,): usually 0 or 1.

    Raises:
        ValueError: ``z`` or ``y`` is not (N,), a number in ``y`` is below 0 or above 1, or there
            are no samples (N = 0).
    """
    raise NotImplementedError("kata softmax-cross-entropy: bce_with_logits is not written yet")


def bce_with_logits_grad(z: ArrayLike, y: ArrayLike) -> _Floats:
    """Return d(loss)/dz of ``bce_with_logits``: ``(p - y) / N``, (N,).

    Arguments and errors are as for ``bce_with_logits``, the dtype is as for
    ``softmax_cross_entropy_grad``.
    """
    raise NotImplementedError("kata softmax-cross-entropy: bce_with_logits_grad is not written yet")
