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
    raise NotImplementedError("kata regression-losses: mse is not written yet")


def mse_grad(pred: ArrayLike, y: ArrayLike) -> _Floats:
    """Return d(mse)/d(pred): ``2 e / n``, in the shape of ``pred``.

    Arguments and exceptions are as for ``mse``. The result is a new array; it has the dtype of
    ``pred`` if these are floats, and float64 if they are integers.
    """
    raise NotImplementedError("kata regression-losses: mse_grad is not written yet")


def mae(pred: ArrayLike, y: ArrayLike) -> float:
    """Return the mean absolute error ``(1/n) Σ |e|``.

    Arguments and exceptions are as for ``mse``.
    """
    raise NotImplementedError("kata regression-losses: mae is not written yet")


def mae_grad(pred: ArrayLike, y: ArrayLike) -> _Floats:
    """Return d(mae)/d(pred): ``sign(e) / n``, in the shape of ``pred``.

    At e = 0 the loss has a corner: any number from -1/n to 1/n is a right answer there. Arguments,
    errors and dtype are as for ``mse_grad``.
    """
    raise NotImplementedError("kata regression-losses: mae_grad is not written yet")


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
    raise NotImplementedError("kata regression-losses: huber is not written yet")


def huber_grad(pred: ArrayLike, y: ArrayLike, delta: float = 1.0) -> _Floats:
    """Return d(huber)/d(pred): e, limited to ``-delta ... delta``, and divided by n.

    Arguments and exceptions are as for ``huber``, and the dtype is as for ``mse_grad``.
    """
    raise NotImplementedError("kata regression-losses: huber_grad is not written yet")


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
    raise NotImplementedError("kata regression-losses: smooth_l1 is not written yet")


def smooth_l1_grad(pred: ArrayLike, y: ArrayLike, beta: float = 1.0) -> _Floats:
    """Return d(smooth_l1)/d(pred): ``e / beta``, limited to ``-1 ... 1``, and divided by n.

    Arguments and exceptions are as for ``smooth_l1``, and the dtype is as for ``mse_grad``.
    """
    raise NotImplementedError("kata regression-losses: smooth_l1_grad is not written yet")
