"""A perceptron: weighs its inputs, adds a bias, and answers yes (1) or no (0)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .step import step


class Perceptron:
    """A neuron with a step function: ``forward(x) = step(w · x + b)``.

    Both methods take one sample, of shape (n,), or a batch of N samples, of shape (N, n), one per
    row. They use the current weights and bias, and change neither.

    Attributes:
        weights: one weight per input, float64, of shape (n,). May be replaced by another array.
        bias: one number, which is added to the weighted sum.
    """

    weights: NDArray[np.float64]
    bias: float

    def __init__(self, n_inputs: int, rng: np.random.Generator | None = None) -> None:
        """Draw the weights from ``rng``; the distribution and the initial bias are your choice.

        Args:
            n_inputs: n, the number of inputs.
            rng: where the random numbers come from; the same state gives the same weights. Without
                one, a new generator is made, so that each perceptron is different. NumPy's and
                Python's global generators are not used.
        """
        rng = np.random.default_rng() if rng is None else rng
        self.weights = rng.normal(size=n_inputs)
        self.bias = 0.0

    def net(self, x: ArrayLike) -> np.float64 | NDArray[np.float64]:
        """Return the net input ``z = w · x + b``: a number for one sample, (N,) for a batch.

        Raises:
            ValueError: a sample does not have one number per weight.
        """
        z: np.float64 | NDArray[np.float64] = np.asarray(x) @ self.weights + self.bias
        return z

    def forward(self, x: ArrayLike) -> int | NDArray[np.int64]:
        """Return the decision ``step(w · x + b)``: 0 or 1 for one sample, (N,) for a batch.

        The decisions are integers; for one sample, ``step`` gives a 0-d array, and an int
        is accepted too. At a net input of exactly 0 the decision is 1. Raises ValueError as
        ``net``.
        """
        return step(self.net(x))
