"""Products of Fourier transforms: every position at once, and the stride afterwards."""

import numpy as np


def output_size(size, kernel, stride=1, pad=0):
    places = size - kernel + 1 + 2 * pad
    if places <= 0:
        raise ValueError("there is no place for the window")
    return (places + stride - 1) // stride


def im2col(x, kh, kw, stride=1, pad=0):
    x = np.asarray(x)
    n, c, h, w = x.shape
    kind = x.dtype if x.dtype.kind == "f" else np.float64
    rows, columns = output_size(h, kh, stride, pad), output_size(w, kw, stride, pad)
    padded = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    # Index arrays, which broadcast to (H', W', C, kh, kw).
    channel = np.arange(c)[:, None, None]
    row = (stride * np.arange(rows))[:, None, None, None, None] + np.arange(kh)[:, None]
    column = (stride * np.arange(columns))[:, None, None, None] + np.arange(kw)
    return padded[:, channel, row, column].astype(kind).reshape(n * rows * columns, c * kh * kw)


def conv2d(x, w, b, stride=1, pad=0):
    x, w, b = np.asarray(x), np.asarray(w), np.asarray(b)
    if x.ndim != 4 or w.ndim != 4:
        raise ValueError("four axes each")
    if x.shape[1] != w.shape[1]:
        raise ValueError("the channels differ")
    if b.ndim != 1 or len(b) != len(w):
        raise ValueError("biases")
    kind = np.result_type(x, w, b)
    if kind.kind != "f":
        kind = np.float64
    _, _, h, width = x.shape
    kh, kw = w.shape[2:]
    rows, columns = output_size(h, kh, 1, pad), output_size(width, kw, 1, pad)
    padded = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    size = padded.shape[2:]
    product = np.einsum("nchw,fchw->nfhw", np.fft.fft2(padded), np.conj(np.fft.fft2(w, size)))
    every = np.fft.ifft2(product).real[:, :, :rows, :columns]
    return (every[:, :, ::stride, ::stride] + b.reshape(1, -1, 1, 1)).astype(kind)


def conv_fans(shape):
    f, c, *window = shape
    return c * window[0] * window[1], f * window[0] * window[1]
