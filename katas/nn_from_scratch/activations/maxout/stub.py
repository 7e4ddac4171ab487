"""Maxout: an activation with weights of its own, the largest of K affine functions.

Write N for the number of samples, D for the number of inputs, M for the number of units, and K for
the number of pieces per unit. Arrays of floats keep their dtype, integers are converted to float64.
No argument is changed, and results are new arrays.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]
_Integers = NDArray[np.integer[Any]]


def maxout_forward(x: ArrayLike, W: ArrayLike, b: ArrayLike) -> tuple[_Floats, _Integers]:
    """Return the outputs of the units, and which piece is the largest, as ``(out, argmax)``.

    ``out[n, m]`` is the maximum of ``x[n] @ W[k, :, m] + b[k, m]`` over the pieces k.

    Args:
        x: a batch, (N, D), one row per sample. N may be 0.
        W: the weights of all pieces, (K, D, M), with K at least 1.
        b: their biases, (K, M).

    Returns:
        ``out``, (N, M), and ``argmax``, integers from 0 to K - 1, (N, M). Where several pieces are
        equally large, ``argmax`` is any of them.

    Raises:
        ValueError: the shapes do not fit together.

    Source: I. J. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville, Y. Bengio 2013.
    """
    raise NotImplementedError("kata maxout: maxout_forward is not written yet")


def maxout_backward(
    dout: ArrayLike, x: ArrayLike, W: ArrayLike, argmax: ArrayLike
) -> tuple[_Floats, _Floats, _Floats]:
    """Return the gradients of a loss with respect to x, W and b, as ``(dx, dW, db)``.

    Only the piece that ``argmax`` names gets a gradient. The gradients of the samples are summed.

    Args:
        dout: the upstream gradient, (N, M): the gradient of the loss with respect to ``out``.
        x, W: as for ``maxout_forward``.
        argmax: what ``maxout_forward`` returned, (N, M).

    Returns:
        ``dx``, (N, D); ``dW``, (K, D, M); and ``db``, (K, M).

    Raises:
        ValueError: the shapes do not fit together.
    """
    raise NotImplementedError("kata maxout: maxout_backward is not written yet")
