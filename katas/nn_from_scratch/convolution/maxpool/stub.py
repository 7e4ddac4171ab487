"""Make images smaller by pooling, and turn them into rows for dense layers.

Every layer of the network has the same methods and attributes: ``forward``, ``backward``,
``zero_grad``, ``params`` and ``grads``. Here ``params`` and ``grads`` are empty dicts, because
there is nothing to learn.

Sizes are as in ``conv.forward``: images (N, C, H, W), outputs (N, C, H', W') with
H' = ⌊(H - size)/stride⌋ + 1, and W' likewise. Pixels at the end that do not fill another window are
left out.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


class MaxPool2D:
    """Keep the largest pixel of every window, in each channel of each image separately.

    In the backward pass, the gradient of an output goes to the pixel that it was copied from. A
    pixel that is the largest one of several windows gets the sum. If several pixels of a window are
    equally large, they may divide its gradient in any way: their parts are not negative, and add up
    to the gradient.

    Attributes:
        params, grads: empty dicts.

    No method changes its arguments, or an array that it returned, and every result is a new array.
    float32 gives float32, and integers are converted to float64.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self, size: int, stride: int | None = None) -> None:
        """Choose the windows.

        Args:
            size: the rows, and also the columns, of a window, at least 1.
            stride: how far the window moves from one place to the next, at least 1. By default it
                is ``size``, so that no two windows overlap.
        """
        raise NotImplementedError("kata maxpool: MaxPool2D.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the maximum of every window, (N, C, H', W').

        Args:
            x: images (N, C, H, W). N may be 0.
            training: remember for ``backward`` what it needs. A call without it does not change
                what an earlier call remembered.

        Raises:
            ValueError: ``x`` does not have four axes, or a window is larger than the images.
        """
        raise NotImplementedError("kata maxpool: MaxPool2D.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, C, H, W).

        Args:
            dout: the upstream gradient d(loss)/d(output), (N, C, H', W'), for the images of the
                last call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` does not have the shape of the output.
        """
        raise NotImplementedError("kata maxpool: MaxPool2D.backward is not written yet")

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients to set to zero."""
        raise NotImplementedError("kata maxpool: MaxPool2D.zero_grad is not written yet")


class AvgPool2D:
    """Compute the mean of every window, in each channel of each image separately.

    It has the methods and attributes of ``MaxPool2D``, with the same arguments and errors.

    Attributes:
        params, grads: empty dicts.

    No method changes its arguments, or an array that it returned, and every result is a new array.
    float32 gives float32, and integers are converted to float64.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self, size: int, stride: int | None = None) -> None:
        """Choose the windows, as in ``MaxPool2D``."""
        raise NotImplementedError("kata maxpool: AvgPool2D.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the mean of every window, (N, C, H', W').

        Args:
            x, training: as in ``MaxPool2D``.

        Raises:
            ValueError: ``x`` does not have four axes, or a window is larger than the images.
        """
        raise NotImplementedError("kata maxpool: AvgPool2D.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, C, H, W): each pixel of a window gets an equal part of ``dout``.

        Args:
            dout: as in ``MaxPool2D``.

        Raises:
            RuntimeError: ``forward`` was not called with ``training=True``.
            ValueError: ``dout`` does not have the shape of the output.
        """
        raise NotImplementedError("kata maxpool: AvgPool2D.backward is not written yet")

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients to set to zero."""
        raise NotImplementedError("kata maxpool: AvgPool2D.zero_grad is not written yet")


class Flatten:
    """Make one row per sample, in the order of the axes: for images channel, row, column.

    Attributes:
        params, grads: empty dicts.

    No method changes its arguments, or an array that it returned. A result may share memory with an
    argument.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self) -> None:
        """Start without a remembered shape."""
        raise NotImplementedError("kata maxpool: Flatten.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the samples as rows, (N, D), where D is the number of entries of a sample.

        Args:
            x: N samples of floats, (N, ...). N may be 0.
            training: remember the shape for ``backward``. A call without it does not change what an
                earlier call remembered.
        """
        raise NotImplementedError("kata maxpool: Flatten.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return the upstream gradient in the shape of the samples, (N, ...).

        Args:
            dout: the upstream gradient d(loss)/d(output), (N, D), floats, for the samples of the
                last call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` is not (N, D).
        """
        raise NotImplementedError("kata maxpool: Flatten.backward is not written yet")

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients to set to zero."""
        raise NotImplementedError("kata maxpool: Flatten.zero_grad is not written yet")
