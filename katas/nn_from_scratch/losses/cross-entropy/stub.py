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
    raise NotImplementedError("kata cross-entropy: one_hot is not written yet")


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
    raise NotImplementedError("kata cross-entropy: cross_entropy is not written yet")
