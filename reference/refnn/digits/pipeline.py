"""Prepare data for training: split it, standardize its columns, and iterate over minibatches.

Samples are along the first axis of ``X``, and ``y`` has one label per sample.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.batch import batches

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
    samples, labels = _paired(X, y)
    if not 0.0 < test_size < 1.0:
        raise ValueError(f"test_size must be above 0 and below 1, got {test_size}")
    if groups is not None:
        names = np.asarray(groups)
        if stratify or names.shape != (len(samples),):
            raise ValueError("groups must be (N,), and cannot be used with stratify")
        unique = np.unique(names)
        is_test = np.isin(names, unique[_draw(len(unique), test_size, rng)])
    elif stratify:
        is_test = np.zeros(len(samples), dtype=bool)
        for label in np.unique(labels):
            rows = np.flatnonzero(labels == label)
            is_test[rows[_draw(len(rows), test_size, rng)]] = True
    else:
        is_test = np.zeros(len(samples), dtype=bool)
        is_test[_draw(len(samples), test_size, rng)] = True
    if is_test.all() or not is_test.any():
        raise ValueError(f"{len(samples)} samples cannot be divided: a part would be empty")
    return samples[~is_test], samples[is_test], labels[~is_test], labels[is_test]


class Standardizer:
    """Shift and scale each column to mean 0 and standard deviation 1 on the training data."""

    def __init__(self) -> None:
        """Start without statistics: ``fit`` comes first."""
        self._mean: NDArray[np.float64] | None = None
        self._scale: NDArray[np.float64] = np.array([])

    def fit(self, X: ArrayLike) -> "Standardizer":
        """Store the mean and the standard deviation of each column, and return this object.

        The standard deviation is ``sqrt(mean((x - mean)²))``, with N in the denominator. A second
        ``fit`` replaces what the first one stored.

        Args:
            X: training data, (N, D), N at least 1. It is not changed.

        Raises:
            ValueError: ``X`` is not (N, D), or N is 0.
        """
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = data.mean(axis=0)
        # Rounding can make the standard deviation of equal numbers 1e-17, so compare the numbers
        # instead.
        constant = (data == data[0]).all(axis=0)
        self._scale = np.where(constant, 1.0, data.std(axis=0))
        return self

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
        if self._mean is None:
            raise RuntimeError("transform needs a fit before it")
        data = np.asarray(X)
        if data.shape[1:] != self._mean.shape:
            raise ValueError(f"X must be (M, {len(self._mean)}), got shape {data.shape}")
        result = (data - self._mean) / self._scale
        return result.astype(data.dtype) if data.dtype.kind == "f" else result


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
    samples, labels = _paired(X, y)
    n = len(samples)
    order = np.arange(n) if rng is None else rng.permutation(n)
    for part in batches(n, batch_size):
        rows = order[part]
        if drop_last and len(rows) < batch_size:
            return
        yield samples[rows], labels[rows]


def _paired(X: ArrayLike, y: ArrayLike) -> tuple[_Array, _Array]:
    samples, labels = np.asarray(X), np.asarray(y)
    if labels.shape != samples.shape[:1]:
        raise ValueError(f"X must be (N, ...) and y (N,), got {samples.shape} and {labels.shape}")
    return samples, labels


def _draw(count: int, share: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw the given share of ``count`` numbers 0 .. count - 1, each at most once."""
    return rng.permutation(count)[: round(share * count)]
