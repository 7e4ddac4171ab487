"""Right: loops over the places, one tensordot each."""

import numpy as np


def output_size(size, kernel, stride=1, pad=0):
    total = size + 2 * pad
    if kernel > total:
        raise ValueError(f"kernel {kernel} is larger than the padded size {total}")
    return (total - kernel) // stride + 1


def _as_float(a):
    a = np.asarray(a)
    if not np.issubdtype(a.dtype, np.floating):
        a = a.astype(np.float64)
    return a


def _pad(x, pad):
    if pad == 0:
        return x
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")


def im2col(x, kh, kw, stride=1, pad=0):
    x = _as_float(x)
    if x.ndim != 4:
        raise ValueError("x must have shape (N, C, H, W)")
    N, C, H, W = x.shape
    Ho = output_size(H, kh, stride, pad)
    Wo = output_size(W, kw, stride, pad)
    xp = _pad(x, pad)
    cols = np.zeros((N, Ho, Wo, C * kh * kw), dtype=x.dtype)
    for i in range(Ho):
        for j in range(Wo):
            patch = xp[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw]
            cols[:, i, j, :] = patch.reshape(N, C * kh * kw)
    return cols.reshape(N * Ho * Wo, C * kh * kw)


def conv2d(x, w, b, stride=1, pad=0):
    x, w, b = _as_float(x), _as_float(w), _as_float(b)
    if x.ndim != 4 or w.ndim != 4:
        raise ValueError("x and w must have 4 axes")
    N, C, H, W = x.shape
    F, Cw, kh, kw = w.shape
    if C != Cw:
        raise ValueError("channels do not match")
    if b.shape != (F,):
        raise ValueError("b must be (F,)")
    Ho = output_size(H, kh, stride, pad)
    Wo = output_size(W, kw, stride, pad)
    xp = _pad(x, pad)
    out = np.zeros((N, F, Ho, Wo), dtype=np.result_type(x, w, b))
    for i in range(Ho):
        for j in range(Wo):
            patch = xp[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[:, :, i, j] = np.tensordot(patch, w, axes=([1, 2, 3], [1, 2, 3])) + b
    return out


def conv_fans(shape):
    F, C, kh, kw = shape
    return C * kh * kw, F * kh * kw
