"""Filter images: one dot product per window of the image, for whole batches.

What networks call a convolution is a *cross-correlation*: the filter is placed on the image as it
is, and not flipped.

Sizes: N images of C channels with H rows and W columns; F filters with kh rows and kw columns per
channel.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    raise NotImplementedError("kata conv2d-forward: output_size is not written yet")


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
    raise NotImplementedError("kata conv2d-forward: im2col is not written yet")


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
    raise NotImplementedError("kata conv2d-forward: conv2d is not written yet")


def conv_fans(shape: Sequence[int]) -> tuple[int, int]:
    """Return fan_in and fan_out of filters, for the schemes of ``init.schemes``.

    fan_in is the number of products that one output adds up. fan_out is the number of outputs that
    one pixel contributes to, for stride 1 and away from the borders.

    Args:
        shape: (F, C, kh, kw), the shape of the filters.
    """
    raise NotImplementedError("kata conv2d-forward: conv_fans is not written yet")
