"""The shift as a product of Fourier transforms, and scaled vectors."""

import numpy as np

from ..forward.softmax import softmax


def _float(*arrays):
    dtype = np.result_type(*(np.asarray(a) for a in arrays))
    dtype = np.float64 if dtype.kind != "f" else dtype
    return tuple(np.array(a, dtype=dtype) for a in arrays)


def _vector(a, n):
    if a.ndim != 1 or a.shape[0] != n:
        raise ValueError(f"expected ({n},)")


def content_weights(M, key, beta):
    M, key = _float(M, key)
    if M.ndim != 2:
        raise ValueError("M has two axes")
    _vector(key, M.shape[1])
    if beta < 0:
        raise ValueError("beta")
    for vectors in (M, key[np.newaxis]):
        size = np.sqrt(np.sum(vectors**2, axis=1))
        size[size == 0] = 1
        vectors /= size[:, np.newaxis]
    return softmax(beta * np.sum(M * key, axis=1))


def interpolate(wc, w_prev, g):
    wc, w_prev = _float(wc, w_prev)
    _vector(w_prev, wc.size)
    _vector(wc, wc.size)
    if g != min(max(g, 0), 1):
        raise ValueError("g")
    return w_prev + g * (wc - w_prev)


def shift(w, s):
    w, s = _float(w, s)
    _vector(s, 3)
    _vector(w, w.size)
    kernel = np.zeros(w.size)
    for place, share in zip((-1, 0, 1), s, strict=True):
        kernel[place % w.size] += share
    moved = np.fft.ifft(np.fft.fft(w) * np.fft.fft(kernel)).real
    # Rounding can leave a tiny negative number where 0 is right.
    return np.maximum(moved, 0).astype(w.dtype)


def sharpen(w, gamma):
    (w,) = _float(w)
    _vector(w, w.size)
    if gamma < 1:
        raise ValueError("gamma")
    w = np.power(w / np.max(w), gamma)
    return w / np.sum(w)


def address(M, w_prev, key, beta, g, s, gamma):
    focus = interpolate(content_weights(M, key, beta), w_prev, g)
    return sharpen(shift(focus, s), gamma)


def read(M, w):
    M, w = _float(M, w)
    if M.ndim != 2:
        raise ValueError("M has two axes")
    _vector(w, M.shape[0])
    return (w[:, np.newaxis] * M).sum(axis=0)


def write(M, w, erase, add):
    M, w, erase, add = _float(M, w, erase, add)
    if M.ndim != 2:
        raise ValueError("M has two axes")
    _vector(w, M.shape[0])
    _vector(erase, M.shape[1])
    _vector(add, M.shape[1])
    M *= 1 - w[:, np.newaxis] * erase
    M += w[:, np.newaxis] * add
    return M
