"""Activations that multiply their input by a gate between 0 and 1: Swish and GELU.

Every function works elementwise: the result has the shape of ``x``. Arrays of floats keep their
dtype, integers and bools are converted to float64. No argument is changed.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .logistic import sigmoid, sigmoid_grad

_Floats = NDArray[np.floating[Any]]
_ERFC = np.vectorize(math.erfc, otypes=[np.float64])


def swish(x: ArrayLike, beta: float = 1.0) -> _Floats:
    """Return ``x sigmoid(beta x)``; with ``beta`` 1 it is also called SiLU.

    Args:
        x: an array of any shape.
        beta: how abruptly the gate opens: 0 gives ``x/2``, and a large number nearly ReLU.

    Returns:
        A new array of the shape of ``x``.

    Source: P. Ramachandran, B. Zoph, Q. V. Le 2017.
    """
    values = _floats(x)
    return values * sigmoid(beta * values)


def swish_grad(x: ArrayLike, beta: float = 1.0) -> _Floats:
    """Return the derivative of ``swish`` with respect to ``x``.

    Arguments and result as for ``swish``.
    """
    values = _floats(x)
    return sigmoid(beta * values) + beta * values * sigmoid_grad(beta * values)


def swish_grad_beta(x: ArrayLike, beta: float = 1.0) -> _Floats:
    """Return the derivative of ``swish`` with respect to ``beta``, one number per element of ``x``.

    Arguments and result as for ``swish``.
    """
    values = _floats(x)
    return values * values * sigmoid_grad(beta * values)


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
    values = _floats(x)
    if approximate == "none":
        return values * _normal_cdf(values)
    if approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values**3)
        result: _Floats = 0.5 * values * (1.0 + np.tanh(inner))
        return result
    if approximate == "sigmoid":
        return swish(values, 1.702)
    raise ValueError(f'approximate must be "none", "tanh" or "sigmoid", got {approximate!r}')


def gelu_grad(x: ArrayLike) -> _Floats:
    """Return the derivative of the exact ``gelu``.

    Argument and result as for ``gelu``.
    """
    values = _floats(x)
    density = np.exp(-0.5 * values * values) / math.sqrt(2 * math.pi)
    result: _Floats = _normal_cdf(values) + values * density
    return result


def _normal_cdf(x: _Floats) -> _Floats:
    # With erfc the left tail keeps its digits; 1 + erf would cancel there.
    result: _Floats = 0.5 * _ERFC(-x / math.sqrt(2)).astype(x.dtype)
    return result


def _floats(x: ArrayLike) -> _Floats:
    values = np.asarray(x)
    return values if np.issubdtype(values.dtype, np.floating) else values.astype(np.float64)
