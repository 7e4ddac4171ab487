"""Make images smaller by pooling, and turn them into rows for dense layers.

Every layer of the network has the same methods and attributes: ``forward``, ``backward``,
``zero_grad``, ``params`` and ``grads``. Here ``params`` and ``grads`` are empty dicts, because
there is nothing to learn.

Sizes are as in ``conv.forward``: images (N, C, H, W), outputs (N, C, H', W') with
H' = ⌊(H - size)/stride⌋ + 1, and W' likewise. Pixels at the end that do not fill another window are
left out.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .forward import output_size

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
        self.params = {}
        self.grads = {}
        self._size = size
        self._stride = size if stride is None else stride
        self._shape: tuple[int, ...] = ()
        self._winners: NDArray[np.intp] | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the maximum of every window, (N, C, H', W').

        Args:
            x: images (N, C, H, W). N may be 0.
            training: remember for ``backward`` what it needs. A call without it does not change
                what an earlier call remembered.

        Raises:
            ValueError: ``x`` does not have four axes, or a window is larger than the images.
        """
        images = _floats(x)
        pixels = _pixels_of_windows(images, self._size, self._stride)
        if training:
            self._shape = images.shape
            self._winners = pixels.argmax(axis=0)
        out: _Floats = pixels.max(axis=0)
        return out

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, C, H, W).

        Args:
            dout: the upstream gradient d(loss)/d(output), (N, C, H', W'), for the images of the
                last call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` does not have the shape of the output.
        """
        if self._winners is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _upstream(dout, self._winners.shape)
        dx = np.zeros(self._shape, upstream.dtype)
        for number, place in enumerate(_places(self._shape, self._size, self._stride)):
            dx[place] += upstream * (self._winners == number)
        return dx

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients to set to zero."""


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
        self.params = {}
        self.grads = {}
        self._size = size
        self._stride = size if stride is None else stride
        self._shape: tuple[int, ...] | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the mean of every window, (N, C, H', W').

        Args:
            x, training: as in ``MaxPool2D``.

        Raises:
            ValueError: ``x`` does not have four axes, or a window is larger than the images.
        """
        images = _floats(x)
        pixels = _pixels_of_windows(images, self._size, self._stride)
        if training:
            self._shape = images.shape
        out: _Floats = pixels.mean(axis=0)
        return out

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, C, H, W): each pixel of a window gets an equal part of ``dout``.

        Args:
            dout: as in ``MaxPool2D``.

        Raises:
            RuntimeError: ``forward`` was not called with ``training=True``.
            ValueError: ``dout`` does not have the shape of the output.
        """
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        rows, columns = (output_size(n, self._size, self._stride) for n in self._shape[2:])
        upstream = _upstream(dout, (*self._shape[:2], rows, columns))
        dx = np.zeros(self._shape, upstream.dtype)
        for place in _places(self._shape, self._size, self._stride):
            dx[place] += upstream / self._size**2
        return dx

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients to set to zero."""


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
        self.params = {}
        self.grads = {}
        self._shape: tuple[int, ...] | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the samples as rows, (N, D), where D is the number of entries of a sample.

        Args:
            x: N samples of floats, (N, ...). N may be 0.
            training: remember the shape for ``backward``. A call without it does not change what an
                earlier call remembered.
        """
        samples = np.asarray(x)
        if training:
            self._shape = samples.shape
        return samples.reshape(len(samples), math.prod(samples.shape[1:]))

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return the upstream gradient in the shape of the samples, (N, ...).

        Args:
            dout: the upstream gradient d(loss)/d(output), (N, D), floats, for the samples of the
                last call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` is not (N, D).
        """
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        return _upstream(dout, (self._shape[0], math.prod(self._shape[1:]))).reshape(self._shape)

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients to set to zero."""


def _places(shape: tuple[int, ...], size: int, stride: int) -> Iterator[tuple[Any, ...]]:
    """Yield for each pixel of a window where it is in the images, for all windows at once."""
    # Unpacking raises a ValueError unless there are four axes.
    rows, columns = (output_size(n, size, stride) for n in shape[2:])
    for i in range(size):
        for j in range(size):
            down = slice(i, i + stride * rows, stride)
            yield ..., down, slice(j, j + stride * columns, stride)


def _pixels_of_windows(images: _Floats, size: int, stride: int) -> _Floats:
    """Return the pixels of all windows, (size * size, N, C, H', W')."""
    return np.stack([images[place] for place in _places(images.shape, size, stride)])


def _upstream(dout: ArrayLike, shape: tuple[int, ...]) -> _Floats:
    upstream = _floats(dout)
    if upstream.shape != shape:
        raise ValueError(f"dout must have the shape {shape}, got {upstream.shape}")
    return upstream


def _floats(values: ArrayLike) -> _Floats:
    array = np.asarray(values)
    return array if array.dtype.kind == "f" else array.astype(np.float64)
