"""The hard versions of sigmoid and tanh: a straight line that is cut off, with its derivative.

Every function works elementwise: the result has the shape of ``x``. Arrays of floats keep their
dtype, integers and bools are converted to float64. No argument is changed.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def hard_sigmoid(x: ArrayLike, slope: float = 0.25) -> _Floats:
    """Return ``slope x + 1/2``, limited to the range from 0 to 1.

    With a slope of 1/4 the line is the tangent of sigmoid at 0.

    Args:
        x: an array of any shape.
        slope: the derivative of the line, positive.

    Returns:
        A new array of the shape of ``x``.

    Source: M. Courbariaux, Y. Bengio, J.-P. David 2015.
    """
    result: _Floats = np.clip(slope * _floats(x) + 0.5, 0.0, 1.0)
    return result


def hard_sigmoid_grad(x: ArrayLike, slope: float = 0.25) -> _Floats:
    """Return the derivative of ``hard_sigmoid``: ``slope`` on the line and 0 where it is cut off.

    At the two corners it is any number from 0 to ``slope``. Arguments and result as for
    ``hard_sigmoid``.
    """
    values = _floats(x)
    on_line: _Floats = (np.abs(slope * values) < 0.5).astype(values.dtype)
    return slope * on_line


def hard_tanh(x: ArrayLike) -> _Floats:
    """Return ``x``, limited to the range from -1 to 1.

    The line is the tangent of tanh at 0, and ``hard_tanh(x) = 2 hard_sigmoid(2x) - 1``. Arguments
    and result as for ``hard_sigmoid``.

    Source: R. Collobert 2004.
    """
    result: _Floats = np.clip(_floats(x), -1.0, 1.0)
    return result


def hard_tanh_grad(x: ArrayLike) -> _Floats:
    """Return the derivative of ``hard_tanh``: 1 on the line and 0 where it is cut off.

    At the two corners it is any number from 0 to 1. Arguments and result as for ``hard_sigmoid``.
    """
    values = _floats(x)
    return (np.abs(values) < 1.0).astype(values.dtype)


def _floats(x: ArrayLike) -> _Floats:
    values = np.asarray(x)
    return values if np.issubdtype(values.dtype, np.floating) else values.astype(np.float64)
