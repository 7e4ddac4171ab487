"""Wrong: the rows are compared by the plain product with the key."""

import numpy as np

from ..forward.softmax import logsumexp, softmax


def _f(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(float)


def _same(*shapes):
    first, *rest = shapes
    for shape in rest:
        if shape != first:
            raise ValueError(f"{shape} is not {first}")


def content_weights(M, key, beta):
    M, key = _f(M), _f(key)
    _same(2, M.ndim)
    _same(M.shape[1:], key.shape)
    if not beta >= 0:
        raise ValueError(beta)
    dots = M @ key
    return softmax(beta * dots)


def interpolate(wc, w_prev, g):
    wc, w_prev = _f(wc), _f(w_prev)
    _same(1, wc.ndim)
    _same(wc.shape, w_prev.shape)
    if g < 0.0 or g > 1.0:
        raise ValueError(g)
    return wc * g + w_prev * (1.0 - g)


def shift(w, s):
    w, s = _f(w), _f(s)
    _same(1, w.ndim)
    _same((3,), s.shape)
    i = np.arange(w.size)
    return s[0] * w[(i + 1) % w.size] + s[1] * w[i] + s[2] * w[i - 1]


def sharpen(w, gamma):
    w = _f(w)
    _same(1, w.ndim)
    if gamma < 1:
        raise ValueError(gamma)
    out = np.zeros_like(w)
    logs = gamma * np.log(w[w > 0])
    out[w > 0] = np.exp(logs - logsumexp(logs))
    return out


def address(M, w_prev, key, beta, g, s, gamma):
    return sharpen(shift(interpolate(content_weights(M, key, beta), w_prev, g), s), gamma)


def read(M, w):
    M, w = _f(M), _f(w)
    _same(2, M.ndim)
    _same(M.shape[:1], w.shape)
    return np.dot(w, M)


def write(M, w, erase, add):
    M, w, erase, add = _f(M), _f(w), _f(erase), _f(add)
    _same(2, M.ndim)
    _same(M.shape[:1], w.shape)
    _same(M.shape[1:], erase.shape, add.shape)
    w = w[:, None]
    return M * (1 - w * erase[None, :]) + w * add[None, :]
