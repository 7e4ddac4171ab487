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
        self.params = {"gamma": np.ones(dim), "beta": np.zeros(dim)}
        self.grads = {"gamma": np.zeros(dim), "beta": np.zeros(dim)}
        self._eps = eps
        self._normalized: _Floats | None = None
        self._deviation: _Floats

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
        tokens = np.asarray(x, dtype=np.float64)
        if tokens.shape[-1:] != self.params["gamma"].shape:
            raise ValueError(f"x must be (..., D), got shape {tokens.shape}")
        deviation = np.sqrt(tokens.var(axis=-1, keepdims=True) + self._eps)
        normalized = (tokens - tokens.mean(axis=-1, keepdims=True)) / deviation
        if training:
            self._normalized, self._deviation = normalized, deviation
        scaled: _Floats = self.params["gamma"] * normalized + self.params["beta"]
        return scaled

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
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        if upstream.shape != self._normalized.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        every_token = tuple(range(upstream.ndim - 1))
        self.grads["gamma"] += (upstream * self._normalized).sum(axis=every_token)
        self.grads["beta"] += upstream.sum(axis=every_token)
        g = upstream * self.params["gamma"]
        along = (g * self._normalized).mean(axis=-1, keepdims=True)
        centred = g - g.mean(axis=-1, keepdims=True)
        d_tokens: _Floats = (centred - self._normalized * along) / self._deviation
        return d_tokens

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        for gradient in self.grads.values():
            gradient[...] = 0.0


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
    if d % 2:
        raise ValueError(f"d must be even, got {d}")
    frequencies = 10000.0 ** (-np.arange(0, d, 2) / d)
    angles = np.arange(T)[:, np.newaxis] * frequencies
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, d)
