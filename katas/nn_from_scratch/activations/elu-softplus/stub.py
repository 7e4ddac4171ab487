"""Two smooth relatives of ReLU, ELU and softplus, with their derivatives.

Every function works elementwise: the result has the shape of ``x``. Arrays of floats keep their
dtype, integers and bools are converted to float64. No argument is changed. Small results keep their
significant digits, and nothing overflows.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def elu(x: ArrayLike, gamma: float = 1.0) -> _Floats:
    """Return ``x`` where ``x`` is positive, and ``gamma (e^x - 1)`` elsewhere.

    ``elu(-1e-17)`` is -1e-17, and not 0.

    Args:
        x: an array of any shape.
        gamma: the function comes close to ``-gamma`` on the left.

    Returns:
        A new array of the shape of ``x``.

    Source: D.-A. Clevert, T. Unterthiner, S. Hochreiter 2016 (exponential linear unit).
    """
    raise NotImplementedError("kata elu-softplus: elu is not written yet")


def elu_grad(x: ArrayLike, gamma: float = 1.0) -> _Floats:
    """Return the derivative of ``elu``: 1 where ``x`` is positive, and ``gamma e^x`` elsewhere.

    At 0 it is ``gamma``, the derivative of the left side. Arguments and result as for ``elu``.
    """
    raise NotImplementedError("kata elu-softplus: elu_grad is not written yet")


def softplus(x: ArrayLike) -> _Floats:
    """Return ``log(1 + e^x)``, a smooth ReLU: close to ``x`` on the right and to 0 on the left.

    ``softplus(1000)`` is 1000, and ``softplus(-40)`` is 4.248354255291589e-18. Arguments and result
    as for ``elu``.

    Source: C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia 2001.
    """
    raise NotImplementedError("kata elu-softplus: softplus is not written yet")


def softplus_grad(x: ArrayLike) -> _Floats:
    """Return the derivative of ``softplus`` at ``x``, which is ``sigmoid(x)``.

    Arguments and result as for ``elu``.
    """
    raise NotImplementedError("kata elu-softplus: softplus_grad is not written yet")
