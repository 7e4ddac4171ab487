"""Activations that multiply their input by a gate between 0 and 1: Swish and GELU.

Every function works elementwise: the result has the shape of ``x``. Arrays of floats keep their
dtype, integers and bools are converted to float64. No argument is changed.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def swish(x: ArrayLike, beta: float = 1.0) -> _Floats:
    """Return ``x sigmoid(beta x)``; with ``beta`` 1 it is also called SiLU.

    Args:
        x: an array of any shape.
        beta: how abruptly the gate opens: 0 gives ``x/2``, and a large number nearly ReLU.

    Returns:
        A new array of the shape of ``x``.

    Source: P. Ramachandran, B. Zoph, Q. V. Le 2017.
    """
    raise NotImplementedError("kata swish-gelu: swish is not written yet")


def swish_grad(x: ArrayLike, beta: float = 1.0) -> _Floats:
    """Return the derivative of ``swish`` with respect to ``x``.

    Arguments and result as for ``swish``.
    """
    raise NotImplementedError("kata swish-gelu: swish_grad is not written yet")


def swish_grad_beta(x: ArrayLike, beta: float = 1.0) -> _Floats:
    """Return the derivative of ``swish`` with respect to ``beta``, one number per element of ``x``.

    Arguments and result as for ``swish``.
    """
    raise NotImplementedError("kata swish-gelu: swish_grad_beta is not written yet")


def gelu(x: ArrayLike, approximate: str = "none") -> _Floats:
    """Return ``x Φ(x)``, where Φ is the distribution function of the standard normal distribution.

    Args:
        x: an array of any shape.
        approximate: "none" for the exact function; "tanh" for
            ``x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))``; "sigmoid" for ``x sigmoid(1.702 x)``.

    Returns:
        A new array of the shape of ``x``.

    Raises:
        ValueError: ``approximate`` is none of the three.

    Source: D. Hendrycks, K. Gimpel 2016 (Gaussian error linear unit).
    """
    raise NotImplementedError("kata swish-gelu: gelu is not written yet")


def gelu_grad(x: ArrayLike) -> _Floats:
    """Return the derivative of the exact ``gelu``.

    Argument and result as for ``gelu``.
    """
    raise NotImplementedError("kata swish-gelu: gelu_grad is not written yet")
