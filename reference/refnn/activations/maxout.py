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
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    pieces = np.einsum("nd,kdm->knm", values, weights) + biases[:, np.newaxis]
    return pieces.max(axis=0), pieces.argmax(axis=0)


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
    values, weights, upstream = _floats(x), _floats(W), _floats(dout)
    _check(values, weights)
    winners = np.asarray(argmax)
    shape = (len(values), weights.shape[2])
    if upstream.shape != shape or winners.shape != shape:
        raise ValueError(
            f"dout and argmax must be {shape}, got {upstream.shape} and {winners.shape}"
        )
    numbers = np.arange(len(weights))[:, np.newaxis, np.newaxis]
    routed = np.where(winners == numbers, upstream, np.zeros_like(upstream))
    dx: _Floats = np.einsum("knm,kdm->nd", routed, weights)
    dW: _Floats = np.einsum("nd,knm->kdm", values, routed)
    return dx, dW, routed.sum(axis=1)


def _check(x: _Floats, W: _Floats) -> None:
    if x.ndim != 2:
        raise ValueError(f"x must be (N, D), got {x.shape}")
    if W.ndim != 3 or W.shape[1] != x.shape[1]:
        raise ValueError(f"W must be (K, {x.shape[1]}, M), got {W.shape}")


def _floats(x: ArrayLike) -> _Floats:
    values = np.asarray(x)
    return values if np.issubdtype(values.dtype, np.floating) else values.astype(np.float64)
