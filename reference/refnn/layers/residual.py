"""A residual block: layers compute a correction, which is added to the input.

The block has the methods and attributes of every layer, so a block can be a layer of another one.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


class Residual:
    """Compute ``x + F(x)``, where F is a chain of layers.

    With a projection P, a layer that gives x the shape of F(x), it is ``P(x) + F(x)``.

    Attributes:
        layers: the layers of F, in the order of the forward pass.
        projection: the layer P, or None.
        params, grads: the parameters and the gradients of all layers. "0.W" is the array "W" of
            ``layers[0]``, and "projection.W" is the array "W" of P. They are the arrays that the
            layers have now, not copies: a change in place takes effect.

    No method changes an argument, or an array that a layer returned: a layer may still need it.
    Source: K. He et al. 2015.
    """

    layers: list[Any]
    projection: Any

    def __init__(self, layers: Iterable[Any], projection: Any = None) -> None:
        """Keep the layers of F, and the projection.

        Args:
            layers: objects with the methods and attributes of ``Dense``.
            projection: one more such object, for x and F(x) of different shapes; or None.
        """
        self.layers = list(layers)
        self.projection = projection
        self._shape: tuple[int, ...] | None = None

    @property
    def params(self) -> dict[str, _Floats]:
        """The parameters of all layers, by their names."""
        return {
            f"{name}.{key}": array
            for name, layer in self._named()
            for key, array in layer.params.items()
        }

    @property
    def grads(self) -> dict[str, _Floats]:
        """The gradients of all layers, by the names of the parameters."""
        return {
            f"{name}.{key}": array
            for name, layer in self._named()
            for key, array in layer.grads.items()
        }

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return ``x + F(x)``, or ``P(x) + F(x)``, as a new array.

        Args:
            x: samples, (N, D). N may be 0.
            training: passed on to every layer. A call without it does not change what an earlier
                call stored.

        Raises:
            ValueError: the two arrays to add have different shapes. They are never broadcast.
        """
        correction = skipped = np.asarray(x)
        for layer in self.layers:
            correction = layer.forward(correction, training=training)
        if self.projection is not None:
            skipped = self.projection.forward(skipped, training=training)
        if skipped.shape != correction.shape:
            raise ValueError(f"{skipped.shape} and {correction.shape} cannot be added")
        if training:
            self._shape = correction.shape
        total: _Floats = skipped + correction
        return total

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx as a new array, and let every layer add to its gradients.

        x reaches the output along two paths, and the gradients of both are added: that of the skip,
        which is ``dout``, or ``dout`` sent back through P, and that of F.

        Args:
            dout: the upstream gradient d(loss)/d(output), in the shape of the output, for the
                samples of the last call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` has a different shape. No gradient is then changed.
        """
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        d_correction = d_skipped = np.asarray(dout)
        if d_skipped.shape != self._shape:
            raise ValueError(f"dout must have the shape {self._shape}, got {d_skipped.shape}")
        for layer in reversed(self.layers):
            d_correction = layer.backward(d_correction)
        if self.projection is not None:
            d_skipped = self.projection.backward(d_skipped)
        total: _Floats = d_skipped + d_correction
        return total

    def zero_grad(self) -> None:
        """Set the gradients of all layers to zero, in place."""
        for _, layer in self._named():
            layer.zero_grad()

    def _named(self) -> list[tuple[str, Any]]:
        """Return every layer with the first part of the names of its arrays."""
        named = [(str(number), layer) for number, layer in enumerate(self.layers)]
        return named if self.projection is None else [*named, ("projection", self.projection)]
