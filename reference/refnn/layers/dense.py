"""A dense layer: an affine map with parameters, a backward pass, and gradients that add up.

Every layer of the network has the same methods and attributes: ``forward``, ``backward``,
``zero_grad``, ``params`` and ``grads``.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.affine import affine
from ..init.schemes import he_normal, lecun_normal, xavier_normal

_Floats = NDArray[np.floating[Any]]

_SCHEMES = {"he": he_normal, "xavier": xavier_normal, "lecun": lecun_normal}


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
        if init not in _SCHEMES:
            raise ValueError(f"init must be one of {', '.join(_SCHEMES)}, got {init!r}")
        self.params = {"W": _SCHEMES[init](units_in, units_out, rng), "b": np.zeros(units_out)}
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._samples: NDArray[Any] | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return ``x @ W + b``, (N, O). N may be 0.

        Args:
            x: one row per sample, (N, I). Integers are converted to float64.
            training: store ``x`` for ``backward``. A call without it does not change what an
                earlier call stored.

        Raises:
            ValueError: ``x`` is not (N, I).
        """
        samples = np.asarray(x)
        if samples.ndim != 2:
            raise ValueError(f"x must be (N, I), got shape {samples.shape}")
        outputs = affine(samples, self.params["W"], self.params["b"])
        if training:
            self._samples = samples
        return outputs

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, I), and add d(loss)/dW and d(loss)/db to ``grads``.

        Args:
            dout: the upstream gradient d(loss)/d(output), (N, O), for the samples of the last call
                of ``forward`` with ``training=True``. If the loss is a mean, 1/N is already in it.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` is not (N, O). ``grads`` are then unchanged.
        """
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        self.grads["W"] += self._samples.T @ upstream
        self.grads["b"] += upstream.sum(axis=0)
        d_samples: _Floats = upstream @ self.params["W"].T
        return d_samples

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        for gradient in self.grads.values():
            gradient[...] = 0.0
