"""Take gradients back through a convolution, and a layer that learns its filters.

The forward pass gathers windows, and a pixel is read by every window that covers it. The backward
pass returns what each window received to the places that it was read from, and adds it up there.

Sizes are as in ``conv.forward``: images (N, C, H, W), filters (F, C, kh, kw), outputs
(N, F, H', W').
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..init.schemes import he_normal
from .forward import conv2d, conv_fans, im2col, output_size

_Floats = NDArray[np.floating[Any]]


def conv2d_backward(
    dout: ArrayLike, x: ArrayLike, w: ArrayLike, stride: int = 1, pad: int = 0
) -> tuple[_Floats, _Floats, _Floats]:
    """Return the gradients (dx, dw, db) of a loss that uses ``conv2d(x, w, b, stride, pad)``.

        db[f] = sum of dout[:, f]
        dw[f] = sum over all windows of dout at the window, times the window
        dx = for every window, the sum over f of dout[f] * w[f], added at the place of the window

    Args:
        dout: the upstream gradient d(loss)/d(output), (N, F, H', W').
        x: the images of the forward pass, (N, C, H, W). N may be 0.
        w: the filters, (F, C, kh, kw).
        stride, pad: those of the forward pass.

    Returns:
        New arrays of the shapes of x, w and b. A pixel that no window covers has the gradient 0.
        Floats keep their dtype; integers are converted to float64. No argument is changed.

    Raises:
        ValueError: ``dout`` does not have the shape of the output, or ``x`` and ``w`` do not fit
            together, as in ``conv2d``.
    """
    upstream, images, filters = _floats(dout), _floats(x), _floats(w)
    # Unpacking raises a ValueError unless there are four axes.
    n, channels, height, width = images.shape
    count, _, kh, kw = filters.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    if upstream.shape != (n, count, rows, columns):
        raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
    # As in a dense layer that is applied to every window: one row per window. Where the channels
    # of x and w differ, reshaping dw raises a ValueError.
    d_rows = upstream.transpose(0, 2, 3, 1).reshape(n * rows * columns, count)
    dw = (d_rows.T @ im2col(images, kh, kw, stride, pad)).reshape(filters.shape)
    d_windows = (d_rows @ filters.reshape(count, channels * kh * kw)).reshape(
        n, rows, columns, channels, kh, kw
    )
    d_padded = np.zeros((n, channels, height + 2 * pad, width + 2 * pad), d_windows.dtype)
    for i in range(kh):
        for j in range(kw):
            # Pixel (i, j) of all windows: places that differ, so += adds every one of them.
            down = slice(i, i + stride * rows, stride)
            along = slice(j, j + stride * columns, stride)
            d_padded[:, :, down, along] += d_windows[:, :, :, :, i, j].transpose(0, 3, 1, 2)
    dx = d_padded[:, :, pad : pad + height, pad : pad + width]
    return dx, dw, d_rows.sum(axis=0)


class Conv2D:
    """A layer of filters: ``conv2d`` with parameters, a backward pass, and gradients that add up.

    It has the methods and attributes of every layer.

    Attributes:
        params: the arrays "w" (F, C, kh, kw) and "b" (F,). The layer computes with these arrays, so
            a change in place takes effect.
        grads: the gradients of "w" and "b", in their shapes, zero at first. ``backward`` adds to
            them.

    No method changes its arguments, or an array that it returned.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(
        self,
        channels: int,
        filters: int,
        kernel: tuple[int, int],
        rng: np.random.Generator,
        stride: int = 1,
        pad: int = 0,
    ) -> None:
        """Draw the filters from ``rng``, and set the biases to zero.

        The weights are the F * C * kh * kw numbers that ``he_normal`` draws for F outputs with the
        fan_in of ``conv_fans``, in any order.

        Args:
            channels, filters: C and F.
            kernel: (kh, kw).
            rng: the only source of random numbers.
            stride, pad: as in ``conv2d``.
        """
        shape = (filters, channels, *kernel)
        fan_in, _ = conv_fans(shape)
        w = he_normal(fan_in, filters, rng).T.reshape(shape)
        self.params = {"w": w, "b": np.zeros(filters)}
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._stride = stride
        self._pad = pad
        self._images: NDArray[Any] | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return ``conv2d`` of the images, (N, F, H', W').

        Args:
            x: images (N, C, H, W). N may be 0. Integers are converted to float64.
            training: store ``x`` for ``backward``. A call without it does not change what an
                earlier call stored.

        Raises:
            ValueError: ``x`` is not (N, C, H, W), or too small for the filters.
        """
        images = np.asarray(x)
        out = conv2d(images, self.params["w"], self.params["b"], self._stride, self._pad)
        if training:
            self._images = images
        return out

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, C, H, W), and add d(loss)/dw and d(loss)/db to ``grads``.

        Args:
            dout: the upstream gradient d(loss)/d(output), (N, F, H', W'), for the images of the
                last call to ``forward`` with ``training=True``. If the loss is a mean, 1/N is
                already in it.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` does not have the shape of the output. ``grads`` are then
                unchanged.
        """
        if self._images is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        dx, dw, db = conv2d_backward(dout, self._images, self.params["w"], self._stride, self._pad)
        self.grads["w"] += dw
        self.grads["b"] += db
        return dx

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        for gradient in self.grads.values():
            gradient[...] = 0.0


def _floats(values: ArrayLike) -> _Floats:
    array = np.asarray(values)
    return array if array.dtype.kind == "f" else array.astype(np.float64)
