"""One strided part of the images per weight of the filters, added up; no windows are copied."""

import numpy as np


def output_size(size, kernel, stride=1, pad=0):
    size += 2 * pad
    if size < kernel:
        raise ValueError(f"{kernel} > {size}")
    return int(np.floor((size - kernel) / stride)) + 1


def _padded(x, pad):
    x = np.array(
        x, dtype=np.result_type(x, np.float16) if np.asarray(x).dtype.kind == "f" else float
    )
    if x.ndim != 4:
        raise ValueError("images have four axes")
    n, c, h, w = x.shape
    out = np.zeros((n, c, h + 2 * pad, w + 2 * pad), dtype=x.dtype)
    out[:, :, pad : h + pad, pad : w + pad] = x
    return out


def _parts(x, kh, kw, stride, pad):
    """Yield for each pixel of the window the pixels that it meets, (N, C, H', W')."""
    padded = _padded(x, pad)
    rows = output_size(padded.shape[2], kh, stride)
    columns = output_size(padded.shape[3], kw, stride)
    for i in range(kh):
        for j in range(kw):
            end_i, end_j = i + stride * (rows - 1) + 1, j + stride * (columns - 1) + 1
            yield i, j, padded[:, :, i:end_i:stride, j:end_j:stride]


def im2col(x, kh, kw, stride=1, pad=0):
    parts = np.stack([part for _, _, part in _parts(x, kh, kw, stride, pad)], axis=2)
    n, c, k, rows, columns = parts.shape
    return parts.transpose(0, 3, 4, 1, 2).reshape(n * rows * columns, c * k)


def conv2d(x, w, b, stride=1, pad=0):
    w, b = np.asarray(w), np.asarray(b)
    if w.ndim != 4:
        raise ValueError("filters have four axes")
    if b.shape != (w.shape[0],):
        raise ValueError("one bias per filter")
    out = 0
    for i, j, part in _parts(x, w.shape[2], w.shape[3], stride, pad):
        if part.shape[1] != w.shape[1]:
            raise ValueError("images and filters have the same channels")
        out = out + np.tensordot(part, w[:, :, i, j], axes=(1, 1))
    return np.moveaxis(out + b, -1, 1).copy()


def conv_fans(shape):
    window = shape[2] * shape[3]
    return (window * shape[1], window * shape[0])
