"""Compare predicted numbers with true ones: MSE, MAE, Huber and smooth L1, and their gradients.

Write e = pred - y for the error of one element, and n for the number of elements. Every loss is
the mean over all n elements, and every gradient is the gradient of that mean with respect to
``pred``.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def mse(pred: ArrayLike, y: ArrayLike) -> float:
    """Return the mean squared error ``(1/n) Σ e²``. There is no factor 1/2.

    Args:
        pred: the predicted numbers, of any shape: (N,), (N, D) and so on.
        y: the true numbers, in the shape of ``pred``. No argument is changed.

    Integers are converted to float64.

    Raises:
        ValueError: the shapes differ, or there are no elements.
    """
    return float(np.square(_errors(pred, y)).mean())


def mse_grad(pred: ArrayLike, y: ArrayLike) -> _Floats:
    """Return d(mse)/d(pred): ``2 e / n``, in the shape of ``pred``.

    Arguments and exceptions are as for ``mse``. The result is a new array; it has the dtype of
    ``pred`` if these are floats, and float64 if they are integers.
    """
    errors = _errors(pred, y)
    return 2 * errors / errors.size


def mae(pred: ArrayLike, y: ArrayLike) -> float:
    """Return the mean absolute error ``(1/n) Σ |e|``.

    Arguments and exceptions are as for ``mse``.
    """
    return float(np.abs(_errors(pred, y)).mean())


def mae_grad(pred: ArrayLike, y: ArrayLike) -> _Floats:
    """Return d(mae)/d(pred): ``sign(e) / n``, in the shape of ``pred``.

    At e = 0 the loss has a corner: any number from -1/n to 1/n is a right answer there. Arguments,
    errors and dtype are as for ``mse_grad``.
    """
    errors = _errors(pred, y)
    return np.sign(errors) / errors.size


def huber(pred: ArrayLike, y: ArrayLike, delta: float = 1.0) -> float:
    """Return the Huber loss: the mean of a square near 0 that continues as a straight line.

    One element costs ``e² / 2`` where ``|e| <= delta``, and ``delta (|e| - delta / 2)`` elsewhere.
    The loss is right for errors of any size, even where ``e²`` overflows.

    Args:
        pred, y: as for ``mse``.
        delta: the error at which the straight line begins, above 0.

    Raises:
        ValueError: the shapes differ, there are no elements, or ``delta`` is not above 0.

    Source: P. J. Huber 1964.
    """
    errors = _errors(pred, y)
    clipped = _clip(errors, delta)
    # Between the limits this is e · e/2, and outside it is ±delta (e ∓ delta/2).
    return float((clipped * (errors - clipped / 2)).mean())


def huber_grad(pred: ArrayLike, y: ArrayLike, delta: float = 1.0) -> _Floats:
    """Return d(huber)/d(pred): e, limited to ``-delta ... delta``, and divided by n.

    Arguments and exceptions are as for ``huber``, and the dtype is as for ``mse_grad``.
    """
    errors = _errors(pred, y)
    return _clip(errors, delta) / errors.size


def smooth_l1(pred: ArrayLike, y: ArrayLike, beta: float = 1.0) -> float:
    """Return the smooth L1 loss: an absolute error whose corner at 0 is rounded.

    One element costs ``e² / (2 beta)`` where ``|e| <= beta``, and ``|e| - beta / 2`` elsewhere.
    This is the Huber loss for ``delta = beta``, divided by ``beta``.

    Args:
        pred, y: as for ``mse``.
        beta: the error at which the straight line begins, above 0.

    Raises:
        ValueError: the shapes differ, there are no elements, or ``beta`` is not above 0.

    Source: R. Girshick 2015 (for beta = 1).
    """
    return huber(pred, y, beta) / beta


def smooth_l1_grad(pred: ArrayLike, y: ArrayLike, beta: float = 1.0) -> _Floats:
    """Return d(smooth_l1)/d(pred): ``e / beta``, limited to ``-1 ... 1``, and divided by n.

    Arguments and exceptions are as for ``smooth_l1``, and the dtype is as for ``mse_grad``.
    """
    return huber_grad(pred, y, beta) / beta


def _errors(pred: ArrayLike, y: ArrayLike) -> _Floats:
    """Return ``pred - y`` in the dtype of the result."""
    predicted, true = np.asarray(pred), np.asarray(y)
    if predicted.shape != true.shape:
        raise ValueError(f"pred and y must have one shape, got {predicted.shape}, {true.shape}")
    if predicted.size == 0:
        raise ValueError("without elements there is no mean")
    # Small integers would wrap around: 1 - 3 is 254 in uint8.
    dtype = predicted.dtype if predicted.dtype.kind == "f" else np.dtype(np.float64)
    errors: _Floats = predicted.astype(dtype) - true.astype(dtype)
    return errors


def _clip(errors: _Floats, limit: float) -> _Floats:
    if not limit > 0:
        raise ValueError(f"delta and beta must be above 0, got {limit}")
    clipped: _Floats = np.clip(errors, -limit, limit)
    return clipped
