"""Filter images: one dot product per window of the image, for whole batches.

What networks call a convolution is a *cross-correlation*: the filter is placed on the image as it
is, and not flipped.

Sizes: N images of C channels with H rows and W columns; F filters with kh rows and kw columns per
channel.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from ..forward.affine import affine

_Floats = NDArray[np.floating[Any]]


def output_size(size: int, kernel: int, stride: int = 1, pad: int = 0) -> int:
    """Return how many positions a window has along one axis, ⌊(size + 2 pad - kernel)/stride⌋ + 1.

    Args:
        size: the number of pixels of the image along this axis.
        kernel: the number of pixels of the window, at least 1.
        stride: how far the window moves from one place to the next, at least 1. Pixels at the end
            that do not fill another window are left out.
        pad: how many zeros are put at *each* end, at least 0.

    Raises:
        ValueError: the window is larger than the padded image.
    """
    room = size + 2 * pad - kernel
    if room < 0:
        raise ValueError(f"a window of {kernel} does not fit into {size} + 2 * {pad} pixels")
    return room // stride + 1


def im2col(x: ArrayLike, kh: int, kw: int, stride: int = 1, pad: int = 0) -> _Floats:
    """Return all windows of the images as the rows of a matrix, (N * H' * W', C * kh * kw).

    Args:
        x: images (N, C, H, W). N may be 0.
        kh, kw: the rows and columns of a window.
        stride, pad: as in ``output_size``, for rows and columns alike. The zeros surround each
            channel of each image.

    Returns:
        A new array. Its rows are in the order image, row, column of the window, so the windows of
        the first image come first, from left to right and from top to bottom. A row contains its
        window in the order channel, row, column. H' and W' are the ``output_size`` of H and of W.
        Floats keep their dtype; integers become float64. ``x`` is not changed.

    Raises:
        ValueError: ``x`` does not have four axes, or the window is larger than the padded image.
    """
    images = _floats(x)
    n, channels, height, width = images.shape  # a ValueError unless there are four axes
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    padded = np.zeros((n, channels, height + 2 * pad, width + 2 * pad), images.dtype)
    padded[:, :, pad : pad + height, pad : pad + width] = images
    # (N, C, H', W', kh, kw)
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, channels * kh * kw)


def conv2d(x: ArrayLike, w: ArrayLike, b: ArrayLike, stride: int = 1, pad: int = 0) -> _Floats:
    """Return the dot product of every window with every filter, plus the bias, (N, F, H', W').

        out[n, f, i, j] = b[f] + sum over c, p, q of w[f, c, p, q] * window[c, p, q]

    where the window has its first pixel in row ``i * stride`` and column ``j * stride`` of the
    padded image n.

    Args:
        x: images (N, C, H, W). N may be 0.
        w: filters (F, C, kh, kw).
        b: biases (F,), one per filter.
        stride, pad: as in ``im2col``.

    Returns:
        A new array. Floats keep their dtype; integers are converted to float64. No argument is
        changed.

    Raises:
        ValueError: ``x`` or ``w`` does not have four axes, they differ in C, ``b`` is not (F,), or
            the window is larger than the padded image.

    Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied to document
    recognition, 1998.
    """
    filters = _floats(w)
    # Unpacking raises a ValueError unless there are four axes.
    count, channels, kh, kw = filters.shape
    n, _, height, width = np.shape(x)
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    windows = im2col(x, kh, kw, stride, pad)
    # One column per filter: a dense layer that is applied to every window. It raises a ValueError
    # where the channels differ, or the biases do not match.
    out = affine(windows, filters.reshape(count, channels * kh * kw).T, b)
    return out.reshape(n, rows, columns, count).transpose(0, 3, 1, 2)


def conv_fans(shape: Sequence[int]) -> tuple[int, int]:
    """Return fan_in and fan_out of filters, for the schemes of ``init.schemes``.

    fan_in is the number of products that one output adds up. fan_out is the number of outputs that
    one pixel contributes to, for stride 1 and away from the borders.

    Args:
        shape: (F, C, kh, kw), the shape of the filters.
    """
    count, channels, kh, kw = shape
    return channels * kh * kw, count * kh * kw


def _floats(values: ArrayLike) -> _Floats:
    array = np.asarray(values)
    return array if array.dtype.kind == "f" else array.astype(np.float64)
