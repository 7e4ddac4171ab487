"""ReLU with a slope on the left: fixed in leaky ReLU, learned in parametric ReLU (PReLU).

Both are ``x`` where ``x`` is positive, and a multiple of ``x`` elsewhere. Arrays of floats keep
their dtype, integers and bools are converted to float64. No argument is changed, and results are
new arrays.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def leaky_relu(x: ArrayLike, gamma: float = 0.01) -> _Floats:
    """Return ``x`` where ``x`` is positive, and ``gamma x`` elsewhere, for any number ``gamma``.

    Args:
        x: an array of any shape.
        gamma: the slope on the left; also negative, or larger than 1.

    Returns:
        An array of the shape of ``x``.

    Source: A. L. Maas, A. Y. Hannun, A. Y. Ng 2013.
    """
    raise NotImplementedError("kata leaky-prelu: leaky_relu is not written yet")


def leaky_relu_grad(x: ArrayLike, gamma: float = 0.01) -> _Floats:
    """Return the derivative of ``leaky_relu``: 1 where ``x`` is positive, and ``gamma`` elsewhere.

    At 0, where there is no derivative, it is ``gamma``. Arguments and result as for ``leaky_relu``.
    """
    raise NotImplementedError("kata leaky-prelu: leaky_relu_grad is not written yet")


def prelu(x: ArrayLike, alpha: ArrayLike) -> _Floats:
    """Return ``x`` where ``x`` is positive, and ``alpha x`` elsewhere.

    Args:
        x: a batch, (N, D), one row per sample. N may be 0.
        alpha: the slopes on the left, (D,), one per neuron; or one number for all neurons.

    Returns:
        An array of shape (N, D).

    Raises:
        ValueError: ``x`` is not (N, D), or ``alpha`` is neither (D,) nor one number.

    Source: K. He, X. Zhang, S. Ren, J. Sun 2015.
    """
    raise NotImplementedError("kata leaky-prelu: prelu is not written yet")


def prelu_backward(dout: ArrayLike, x: ArrayLike, alpha: ArrayLike) -> tuple[_Floats, _Floats]:
    """Return the gradients of a loss with respect to ``x`` and ``alpha``, as ``(dx, dalpha)``.

    Args:
        dout: the upstream gradient, (N, D): the gradient of the loss with respect to the output.
        x, alpha: as for ``prelu``.

    Returns:
        ``dx`` is (N, D); where ``x`` is 0 the local derivative is ``alpha``. ``dalpha`` has the
        shape of ``alpha``, and is a sum over all outputs that this slope took part in.

    Raises:
        ValueError: as for ``prelu``, or ``dout`` does not have the shape of ``x``.
    """
    raise NotImplementedError("kata leaky-prelu: prelu_backward is not written yet")
