"""Dropout: in training, a random part of the entries becomes zero, and the others grow.

The layer has the methods and attributes of every layer, but no parameters.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


class Dropout:
    """Set each entry to zero with probability ``rate``, in training only.

    In training, each entry x is multiplied by a number m of its own: m = 0 with probability
    ``rate``, otherwise m = 1 / (1 - rate). The mean of m is 1, so the expected output is x, and
    without training the output is x itself (*inverted* dropout).

    Attributes:
        params, grads: empty dicts, because there is nothing to learn.

    No method changes its arguments. Source: N. Srivastava et al. 2014.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self, rate: float, rng: np.random.Generator) -> None:
        """Keep the rate and the generator.

        Args:
            rate: the probability that an entry becomes zero, at least 0 and less than 1.
            rng: the only source of random numbers. Other layers may draw from it too.

        Raises:
            ValueError: ``rate`` is below 0, or it is 1 or more, or it is nan.
        """
        if not 0 <= rate < 1:
            raise ValueError(f"rate must be at least 0 and less than 1, got {rate}")
        self.params = {}
        self.grads = {}
        self._rate = rate
        self._rng = rng
        self._factors: _Floats | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return ``x`` times new factors if ``training``, otherwise equal to ``x``.

        The result is always a new array in the shape of ``x``. float32 gives float32, and integers
        are converted to float64.

        Args:
            x: outputs of the previous layer, of any shape; usually (N, H), and N may be 0.
            training: draw new factors, one for each entry, independent of each other, and store
                them for ``backward``. A call without it draws nothing, and does not change what an
                earlier call stored.
        """
        values = _floats(x)
        if not training:
            return values.copy()
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx: ``dout`` times the factors of the last training ``forward`` call.

        Args:
            dout: the upstream gradient d(loss)/d(output), in the shape of the output.

        Raises:
            RuntimeError: ``forward`` was not called with ``training=True``.
            ValueError: ``dout`` has a different shape.
        """
        if self._factors is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _floats(dout)
        if upstream.shape != self._factors.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        return upstream * self._factors

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients. Every layer has this method."""


def _floats(x: ArrayLike) -> _Floats:
    values = np.asarray(x)
    return values if values.dtype.kind == "f" else values.astype(np.float64)
