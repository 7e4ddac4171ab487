"""Negative log-likelihoods: of classes, and of numbers with normally distributed noise.

The likelihood is the probability (or the density) that a model gives to the data. Its negative
logarithm is a loss, and for normal noise of constant variance it is the squared error, scaled and
shifted.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .cross_entropy import one_hot

_Floats = NDArray[np.floating[Any]]


def nll_loss(logp: ArrayLike, y: ArrayLike) -> float:
    """Return ``-(1/N) Σ_i logp[i, y_i]``, the mean over the N samples.

    Args:
        logp: the logarithms of the predicted probabilities, (N, C), as ``log_softmax`` computes
            them. ``-inf`` stands for a probability of 0; at a class that is not the true one it
            does not count.
        y: N labels, integers from 0 to C - 1.

    Raises:
        ValueError: ``logp`` is not (N, C), an entry is above 0 (a probability was passed instead
            of its logarithm), ``y`` does not contain N integers from 0 to C - 1, or there are no
            samples (N = 0).

    No argument is changed.
    """
    logarithms = _floats(logp)
    if logarithms.ndim != 2 or len(logarithms) == 0:
        raise ValueError(f"logp must be (N, C) with N > 0, got shape {logarithms.shape}")
    if (logarithms > 0).any():
        raise ValueError("logp must contain logarithms of probabilities, so nothing above 0")
    true_class = one_hot(y, logarithms.shape[1]).astype(bool)
    if len(true_class) != len(logarithms):
        raise ValueError(f"{len(true_class)} labels do not match {len(logarithms)} rows")
    # Choosing entries, and not multiplying by 0 and 1: 0 · inf is nan.
    return -float(logarithms[true_class].mean())


def gaussian_nll(pred: ArrayLike, y: ArrayLike, var: ArrayLike) -> float:
    """Return the mean of ``(pred - y)² / (2 var) + log(2π var) / 2`` over the N samples.

    This is the negative logarithm of the normal density with the mean ``pred`` and the variance
    ``var``, at ``y``.

    Args:
        pred, y: predicted and true numbers, (N,). Integers are converted to float64.
        var: the variance σ² of the noise, above 0: one number for all samples, or (N,).

    Raises:
        ValueError: ``pred`` or ``y`` is not (N,), ``var`` is neither a number nor (N,), a variance
            is not above 0, or there are no samples (N = 0).

    No argument is changed.
    """
    errors, variances = _errors_and_variances(pred, y, var)
    return float((errors**2 / (2 * variances) + np.log(2 * np.pi * variances) / 2).mean())


def gaussian_nll_grad(pred: ArrayLike, y: ArrayLike, var: ArrayLike) -> _Floats:
    """Return d(gaussian_nll)/d(pred): ``(pred - y) / (var N)``, (N,).

    Arguments and errors are as for ``gaussian_nll``. The result is a new array; it has the dtype
    of ``pred`` if these are floats, and float64 if they are integers.
    """
    errors, variances = _errors_and_variances(pred, y, var)
    return errors / (variances * len(errors))


def fit_line(x: ArrayLike, y: ArrayLike, var: ArrayLike = 1.0) -> tuple[float, float]:
    """Return (a, b), for which the line ``a x + b`` has the smallest ``gaussian_nll``.

    Each sample counts with a weight of 1/var. If ``var`` is one number, all weights are equal, and
    the line is the one with the smallest squared error, whatever that number is.

    Args:
        x, y: N points, (N,) each, with at least two different numbers in ``x``.
        var: as for ``gaussian_nll``.

    Returns:
        The slope a and the intercept b, as two numbers in a tuple.

    Raises:
        ValueError: ``x`` or ``y`` is not (N,), ``var`` is wrong as in ``gaussian_nll``, or
            all numbers in ``x`` are equal (including N = 1 and N = 0).
    """
    places, heights = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    _, variances = _errors_and_variances(places, heights, var)
    if (places == places[0]).all():
        raise ValueError("a line needs at least two different x")
    weights = 1 / variances / (1 / variances).sum()
    middle, height = (weights * places).sum(), (weights * heights).sum()
    distances = places - middle
    slope = (weights * distances * (heights - height)).sum() / (weights * distances**2).sum()
    return float(slope), float(height - slope * middle)


def _errors_and_variances(pred: ArrayLike, y: ArrayLike, var: ArrayLike) -> tuple[_Floats, _Floats]:
    """Return ``pred - y``, and one variance per sample, in the dtype of the result."""
    predicted, true, variances = _floats(pred), np.asarray(y), np.asarray(var)
    if predicted.ndim != 1 or true.shape != predicted.shape or len(predicted) == 0:
        raise ValueError(f"expected two arrays (N,), got {predicted.shape} and {true.shape}")
    if variances.ndim > 0 and variances.shape != predicted.shape:
        raise ValueError(f"var must be a number or (N,), got shape {variances.shape}")
    if not (variances > 0).all():
        raise ValueError("a variance must be above 0")
    errors = predicted - true.astype(predicted.dtype)
    return errors, np.full_like(errors, variances)


def _floats(numbers: ArrayLike) -> _Floats:
    array = np.asarray(numbers)
    return array if array.dtype.kind == "f" else array.astype(np.float64)
