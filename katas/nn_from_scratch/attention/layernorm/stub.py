"""Layer normalization for tokens, and numbers that tell a token its position.

The layer has the methods and attributes of every layer. It computes the same in training and
afterwards, because no token depends on another one.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


class LayerNorm:
    """Normalize each token over its D features, then scale and shift: ``gamma * x_hat + beta``.

    A token is one row along the last axis of x. With its own mean and variance:

        mean = sum of its features / D
        var = sum of (feature - mean)² / D
        x_hat = (x - mean) / sqrt(var + eps)

    Attributes:
        params: the arrays "gamma" and "beta", (D,), at first ones and zeros. The layer computes
            with these arrays, so a change in place takes effect.
        grads: the gradients of "gamma" and "beta", (D,), zero at first. ``backward`` adds to them.

    No method changes its arguments, or an array that it returned.
    Source: J. L. Ba, J. R. Kiros, G. E. Hinton 2016.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self, dim: int, eps: float = 1e-5) -> None:
        """Start with gamma 1 and beta 0.

        Args:
            dim: D, the number of features of a token.
            eps: is added to the variance under the square root, so that a token of equal features
                causes no division by zero.
        """
        raise NotImplementedError("kata layernorm: LayerNorm.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the normalized, scaled and shifted tokens, in the shape of x.

        Args:
            x: tokens, (..., D): a single one (D,), a sequence (T, D), a batch of sequences
                (B, T, D), and so on. There may be none of them. Integers are converted to float64.
            training: store what ``backward`` needs. A call without it returns the same, and does
                not change what an earlier call stored.

        Raises:
            ValueError: the last axis of x does not have length D.
        """
        raise NotImplementedError("kata layernorm: LayerNorm.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, in the shape of x, and add the gradients of gamma and beta to grads.

        Each feature also changes the mean and the variance of its token, and so all outputs of the
        token. Let g = dout * gamma. Each mean is taken over the features of the token:

            d(loss)/dx = (g - mean(g) - x_hat * mean(g * x_hat)) / sqrt(var + eps)

        Args:
            dout: the upstream gradient d(loss)/d(output), in the shape of the tokens of the last
                call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` has a different shape. ``grads`` are then unchanged.
        """
        raise NotImplementedError("kata layernorm: LayerNorm.backward is not written yet")

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        raise NotImplementedError("kata layernorm: LayerNorm.zero_grad is not written yet")


def sinusoidal_positions(T: int, d: int) -> _Floats:
    """Return a row of sines and cosines for each of the positions 0 to T - 1, (T, d) in float64.

    For the pairs of columns i = 0 to d/2 - 1:

        row t, column 2i      sin(t / 10000^(2i/d))
        row t, column 2i + 1  cos(t / 10000^(2i/d))

    From a position to the one k further, each pair is rotated by an angle that depends on k alone.

    Args:
        T: the number of positions; it may be 0.
        d: the number of columns, even and at least 2.

    Raises:
        ValueError: d is odd.

    Source: A. Vaswani et al. 2017.
    """
    raise NotImplementedError("kata layernorm: sinusoidal_positions is not written yet")
