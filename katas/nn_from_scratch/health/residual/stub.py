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
        raise NotImplementedError("kata residual: Residual.__init__ is not written yet")

    @property
    def params(self) -> dict[str, _Floats]:
        """The parameters of all layers, by their names."""
        raise NotImplementedError("kata residual: Residual.params is not written yet")

    @property
    def grads(self) -> dict[str, _Floats]:
        """The gradients of all layers, by the names of the parameters."""
        raise NotImplementedError("kata residual: Residual.grads is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return ``x + F(x)``, or ``P(x) + F(x)``, as a new array.

        Args:
            x: samples, (N, D). N may be 0.
            training: passed on to every layer. A call without it does not change what an earlier
                call stored.

        Raises:
            ValueError: the two arrays to add have different shapes. They are never broadcast.
        """
        raise NotImplementedError("kata residual: Residual.forward is not written yet")

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
        raise NotImplementedError("kata residual: Residual.backward is not written yet")

    def zero_grad(self) -> None:
        """Set the gradients of all layers to zero, in place."""
        raise NotImplementedError("kata residual: Residual.zero_grad is not written yet")
