"""Compute the cross-entropy and its gradient straight from logits, for any number of classes.

Softmax and cross-entropy are combined before anything is rounded: the loss is exact where a
probability is too small for a float, and the derivatives of both cancel to p - y.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.softmax import log_softmax, softmax

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
    logits, targets = _logits_and_targets(z, y)
    log_p = log_softmax(logits)
    if targets.ndim == 1:
        return -float(log_p[np.arange(len(targets)), targets].mean())
    return -float((targets * log_p).sum(axis=1).mean())


def softmax_cross_entropy_grad(z: ArrayLike, y: ArrayLike) -> _Floats:
    """Return d(loss)/dz of ``softmax_cross_entropy``: ``(softmax(z) - Y) / N``, (N, C).

    Arguments and errors are as for ``softmax_cross_entropy``. The result is a new array; float32
    logits give float32, and integers are converted to float64.
    """
    logits, targets = _logits_and_targets(z, y)
    delta = softmax(logits)
    if targets.ndim == 1:
        # Y is 1 in the column of the label and 0 elsewhere.
        delta[np.arange(len(targets)), targets] -= 1
    else:
        delta -= targets
    delta /= len(delta)
    return delta


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
    return softmax_cross_entropy(*_two_classes(z, y))


def bce_with_logits_grad(z: ArrayLike, y: ArrayLike) -> _Floats:
    """Return d(loss)/dz of ``bce_with_logits``: ``(p - y) / N``, (N,).

    Arguments and errors are as for ``bce_with_logits``, the dtype is as for
    ``softmax_cross_entropy_grad``.
    """
    return softmax_cross_entropy_grad(*_two_classes(z, y))[:, 1].copy()


def _logits_and_targets(z: ArrayLike, y: ArrayLike) -> tuple[_Floats, NDArray[Any]]:
    """Return the logits (N, C), and either N labels or true probabilities in their shape."""
    logits, targets = _floats(z), np.asarray(y)
    if logits.ndim != 2 or len(logits) == 0:
        raise ValueError(f"z must be (N, C) with N > 0, got shape {logits.shape}")
    if targets.shape not in (logits.shape[:1], logits.shape):
        raise ValueError(f"y does not match z: got shapes {targets.shape} and {logits.shape}")
    if targets.ndim == 2:
        return logits, targets.astype(logits.dtype)
    if targets.dtype.kind not in "iu":
        raise ValueError(f"labels must be integers, got {targets.dtype}")
    # As an index, a negative label would count from the last class.
    num_classes = logits.shape[1]
    if targets.min() < 0 or targets.max() >= num_classes:
        raise ValueError(f"labels must be from 0 to {num_classes - 1}")
    return logits, targets


def _two_classes(z: ArrayLike, y: ArrayLike) -> tuple[_Floats, _Floats]:
    """Return the same problem with two classes, whose logits are 0 and z.

    Shapes that do not match are refused where the problem with two classes is tested.
    """
    logits, targets = _floats(z), _floats(y)
    if (targets < 0).any() or (targets > 1).any():
        raise ValueError("y must contain numbers from 0 to 1")
    return (
        np.stack((np.zeros_like(logits), logits), axis=1),
        np.stack((1 - targets, targets), axis=1),
    )


def _floats(z: ArrayLike) -> _Floats:
    logits = np.asarray(z)
    return logits if logits.dtype.kind == "f" else logits.astype(np.float64)
