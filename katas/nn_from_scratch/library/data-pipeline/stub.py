"""Prepare data for training: split it, standardize its columns, and iterate over minibatches.

Samples are along the first axis of ``X``, and ``y`` has one label per sample.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Array = NDArray[Any]
_Floats = NDArray[np.floating[Any]]


def train_test_split(
    X: ArrayLike,
    y: ArrayLike,
    test_size: float,
    rng: np.random.Generator,
    stratify: bool = False,
    groups: ArrayLike | None = None,
) -> tuple[_Array, _Array, _Array, _Array]:
    """Return ``X_train, X_test, y_train, y_test``: each sample in one of two sets, at random.

    Args:
        X: N samples, (N, ...).
        y: N labels, (N,).
        test_size: the fraction of the samples in the test set, above 0 and below 1. The number of
            test samples is within one of ``test_size * N``.
        rng: the only source of random numbers.
        stratify: divide each class separately. In the test set, the number of samples of each
            class is then within one of ``test_size`` times its number in ``y``.
        groups: N numbers or words that say which samples belong together, for example who wrote
            them. All samples of a group are then in the same set, and the number of groups in the
            test set is within one of ``test_size`` times the number of groups.

    Returns:
        New arrays. A sample keeps its label. The samples of a set may be in any order. No argument
        is changed.

    Raises:
        ValueError: the lengths differ, ``test_size`` is not between 0 and 1, a set would be empty,
            or both ``stratify`` and ``groups`` are used.
    """
    raise NotImplementedError("kata data-pipeline: train_test_split is not written yet")


class Standardizer:
    """Shift and scale each column to mean 0 and standard deviation 1 on the training data."""

    def __init__(self) -> None:
        """Start without statistics: ``fit`` comes first."""
        raise NotImplementedError("kata data-pipeline: Standardizer.__init__ is not written yet")

    def fit(self, X: ArrayLike) -> "Standardizer":
        """Store the mean and the standard deviation of each column, and return this object.

        The standard deviation is ``sqrt(mean((x - mean)²))``, with N in the denominator. A second
        ``fit`` replaces what the first one stored.

        Args:
            X: training data, (N, D), N at least 1. It is not changed.

        Raises:
            ValueError: ``X`` is not (N, D), or N is 0.
        """
        raise NotImplementedError("kata data-pipeline: Standardizer.fit is not written yet")

    def transform(self, X: ArrayLike) -> _Floats:
        """Return ``(X - mean) / std``, with the mean and the standard deviation from ``fit``.

        A column that was constant in the training data is only shifted, not divided.

        Args:
            X: any data with the columns of the training data, (M, D). M may be 0. It is not
                changed.

        Returns:
            A new array (M, D). Floats keep their dtype; integers are converted to float64.

        Raises:
            RuntimeError: there was no ``fit``.
            ValueError: ``X`` is not (M, D).
        """
        raise NotImplementedError("kata data-pipeline: Standardizer.transform is not written yet")


def iterate_minibatches(
    X: ArrayLike,
    y: ArrayLike,
    batch_size: int,
    rng: np.random.Generator | None = None,
    drop_last: bool = False,
) -> Iterator[tuple[_Array, _Array]]:
    """Yield the minibatches ``(X_batch, y_batch)`` of one epoch: each sample once.

    Args:
        X: N samples, (N, ...). N may be 0; then there are no batches.
        y: N labels, (N,).
        batch_size: the number of samples per batch. The last batch may have fewer.
        rng: the source of a new random order for every call. Without it, the samples come in
            their own order.
        drop_last: leave out the last batch if it has fewer than ``batch_size`` samples.

    A sample keeps its label. No argument is changed.

    Raises:
        ValueError: the lengths of ``X`` and ``y`` differ, or ``batch_size`` is below 1. It may be
            raised when the first batch is asked for.
    """
    raise NotImplementedError("kata data-pipeline: iterate_minibatches is not written yet")
