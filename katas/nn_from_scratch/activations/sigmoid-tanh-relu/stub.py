"""The three classical activation functions on arrays, with their derivatives.

Every function works elementwise: the result has the shape of ``x``. Arrays of floats keep their
dtype, integers and bools are converted to float64. No argument is changed.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def sigmoid(x: ArrayLike) -> _Floats:
    """Return ``1 / (1 + e^-x)``, the logistic function, between 0 and 1.

    No exponential overflows, and a result near 0 keeps its significant digits: ``sigmoid(-40)`` is
    4.2483542552915889e-18, not 0.

    Args:
        x: an array of any shape.

    Returns:
        A new array of the shape of ``x``.

    Source: P.-F. Verhulst 1845; in networks, D. Rumelhart, G. Hinton, R. Williams 1986.
    """
    raise NotImplementedError("kata sigmoid-tanh-relu: sigmoid is not written yet")


def sigmoid_grad(x: ArrayLike) -> _Floats:
    """Return the derivative of ``sigmoid`` at ``x``: ``sigmoid(x) (1 - sigmoid(x))``.

    It is largest at 0, where it is 1/4. Arguments and result as for ``sigmoid``.
    """
    raise NotImplementedError("kata sigmoid-tanh-relu: sigmoid_grad is not written yet")


def tanh(x: ArrayLike) -> _Floats:
    """Return the hyperbolic tangent of ``x``, between -1 and 1: ``2 sigmoid(2x) - 1``.

    Arguments and result as for ``sigmoid``.
    """
    raise NotImplementedError("kata sigmoid-tanh-relu: tanh is not written yet")


def tanh_grad(x: ArrayLike) -> _Floats:
    """Return the derivative of ``tanh`` at ``x``: ``1 - tanh(x)²``.

    It is largest at 0, where it is 1. Arguments and result as for ``sigmoid``.
    """
    raise NotImplementedError("kata sigmoid-tanh-relu: tanh_grad is not written yet")


def relu(x: ArrayLike) -> _Floats:
    """Return ``x`` where it is positive and 0 elsewhere: the rectified linear unit.

    ``relu(-inf)`` is 0 and ``relu(nan)`` is nan. Arguments and result as for ``sigmoid``.

    Source: V. Nair, G. Hinton 2010.
    """
    raise NotImplementedError("kata sigmoid-tanh-relu: relu is not written yet")


def relu_grad(x: ArrayLike) -> _Floats:
    """Return the derivative of ``relu`` at ``x``: 1 where ``x`` is positive and 0 elsewhere.

    At 0, where there is no derivative, it is 0. Arguments and result as for ``sigmoid``.
    """
    raise NotImplementedError("kata sigmoid-tanh-relu: relu_grad is not written yet")


def saturation(f_grad: Callable[[Any], Any], tol: float = 1e-3, at: float = 50.0) -> str:
    """Return on which side a function saturates: "left", "right", "both" or "none".

    A function saturates on the left when the absolute value of its derivative at ``-at`` is below
    ``tol``, and on the right when that of its derivative at ``at`` is.

    Args:
        f_grad: the derivative of a function, for one number or for an array.
        tol: the limit; a derivative below it counts as saturated.
        at: how far from 0 the derivative is evaluated.
    """
    raise NotImplementedError("kata sigmoid-tanh-relu: saturation is not written yet")
