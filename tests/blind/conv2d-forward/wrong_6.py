"""Wrong: pad counts for both sides together."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def output_size(size, kernel, stride=1, pad=0):
    free = size - kernel + pad
    if free < 0:
        raise ValueError("too large")
    steps, _ = divmod(free, stride)
    return 1 + steps


def _windows(x, kh, kw, stride, pad):
    x = np.asarray(x)
    x = x if x.dtype in (np.float32, np.float64) else x.astype(float)
    if len(x.shape) != 4:
        raise ValueError("four axes expected")
    output_size(x.shape[2], kh, stride, pad)
    output_size(x.shape[3], kw, stride, pad)
    n, c, h, w = x.shape
    z = np.zeros((n, c, h + 2 * pad, w + 2 * pad), x.dtype)
    z[..., pad:pad + h, pad:pad + w] = x
    return sliding_window_view(z, (kh, kw), axis=(-2, -1))[..., ::stride, ::stride, :, :]


def im2col(x, kh, kw, stride=1, pad=0):
    win = _windows(x, kh, kw, stride, pad)
    n, c, h, w = win.shape[:4]
    flat = np.einsum("ncijab->nijcab", win)
    return np.array(flat).reshape(n * h * w, c * kh * kw)


def conv2d(x, w, b, stride=1, pad=0):
    w, b = np.asarray(w), np.asarray(b)
    if w.ndim != 4 or b.ndim != 1 or b.size != w.shape[0]:
        raise ValueError("w is (F, C, kh, kw) and b is (F,)")
    win = _windows(x, w.shape[2], w.shape[3], stride, pad)
    if win.shape[1] != w.shape[1]:
        raise ValueError("different channels")
    return np.einsum("ncijab,fcab->nfij", win, w) + b[None, :, None, None]


def conv_fans(shape):
    f, c, kh, kw = shape
    return kh * kw * c, kh * kw * f
