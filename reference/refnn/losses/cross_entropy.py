"""Compare predicted probabilities with labels: one-hot rows and the cross-entropy."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def one_hot(y: ArrayLike, num_classes: int) -> _Floats:
    """Return one row per label: 1.0 in the column of the label, 0.0 elsewhere.

    Args:
        y: N integers from 0 to C - 1. N may be 0.
        num_classes: C, even if some classes do not occur in ``y``.

    Returns:
        A new float64 array (N, C).

    Raises:
        ValueError: ``y`` is not one-dimensional, is not of an integer dtype, or contains a label
            below 0 or above C - 1.
    """
    labels = np.asarray(y)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError(f"y must be N integers, got shape {labels.shape}, dtype {labels.dtype}")
    if (labels < 0).any() or (labels >= num_classes).any():
        raise ValueError(f"labels must be from 0 to {num_classes - 1}")
    return np.asarray(labels[:, np.newaxis] == np.arange(num_classes), dtype=np.float64)


def cross_entropy(Y: ArrayLike, P: ArrayLike, eps: float = 1e-15) -> float:
    """Return ``-(1/N) Σ Y · log P``, the mean over the N samples.

    Args:
        Y: the true probabilities, (N, C): one-hot rows, or any rows that add up to 1 (soft
            labels). One sample may be passed as (C,).
        P: the predicted probabilities, in the shape of ``Y``.
        eps: a probability of 0 counts as ``eps``, so that the loss stays finite.

    Returns:
        A number in natural units (nats). No argument is changed.

    Raises:
        ValueError: the shapes differ, or there are no samples (N = 0).

    Source: I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, 2016, section 3.13.
    """
    targets, probs = np.asarray(Y, dtype=np.float64), np.asarray(P, dtype=np.float64)
    if targets.shape != probs.shape:
        raise ValueError(f"Y and P must have one shape, got {targets.shape} and {probs.shape}")
    if probs.size == 0:
        raise ValueError("without samples there is no mean")
    # The sum is over the classes of one sample, the mean over the samples.
    return float(-(targets * np.log(np.maximum(probs, eps))).sum(axis=-1).mean())
