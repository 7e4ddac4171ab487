"""A dense layer: an affine map with parameters, a backward pass, and gradients that add up.

Every layer of the network has the same methods and attributes: ``forward``, ``backward``,
``zero_grad``, ``params`` and ``grads``.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


class Dense:
    """Compute ``x @ W + b`` for a batch, and the gradients of a loss that uses it.

    Write N for the number of samples, I for ``units_in`` and O for ``units_out``.

    Attributes:
        params: the arrays "W" (I, O) and "b" (O,). The layer computes with these arrays, so a
            change in place takes effect.
        grads: the gradients of "W" and "b", in their shapes, zero at first. ``backward`` adds to
            them.

    No method changes its arguments, or an array that it returned.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(
        self, units_in: int, units_out: int, rng: np.random.Generator, init: str = "he"
    ) -> None:
        """Draw the weights from ``rng``, and set the biases to zero.

        Args:
            units_in, units_out: I and O.
            rng: the only source of random numbers.
            init: "he" for weights from ``he_normal``, "xavier" for ``xavier_normal``, or "lecun"
                for ``lecun_normal``.

        Raises:
            ValueError: ``init`` is none of these.
        """
        raise NotImplementedError("kata dense-layer: Dense.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return ``x @ W + b``, (N, O). N may be 0.

        Args:
            x: one row per sample, (N, I). Integers are converted to float64.
            training: store ``x`` for ``backward``. A call without it does not change what an
                earlier call stored.

        Raises:
            ValueError: ``x`` is not (N, I).
        """
        raise NotImplementedError("kata dense-layer: Dense.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, I), and add d(loss)/dW and d(loss)/db to ``grads``.

        Args:
            dout: the upstream gradient d(loss)/d(output), (N, O), for the samples of the last call
                of ``forward`` with ``training=True``. If the loss is a mean, 1/N is already in it.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` is not (N, O). ``grads`` are then unchanged.
        """
        raise NotImplementedError("kata dense-layer: Dense.backward is not written yet")

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        raise NotImplementedError("kata dense-layer: Dense.zero_grad is not written yet")
