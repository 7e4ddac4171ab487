"""Wrong: adds before it erases."""

import numpy as np


def _kind(*given):
    types = [np.asarray(g).dtype for g in given]
    return np.float32 if all(t == np.float32 for t in types) else np.float64


def _vec(x, n=None):
    x = np.array(x, dtype=np.float64)
    if x.ndim != 1 or (n is not None and x.shape[0] != n):
        raise ValueError("a vector of another length was expected")
    return x


def _mat(x):
    x = np.array(x, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError("a matrix was expected")
    return x


def _unit(v):
    top = np.abs(v).max()
    if top == 0:
        return v
    v = v / top
    return v / np.sqrt(np.sum(v * v))


def content_weights(M, key, beta):
    dtype = _kind(M, key)
    M = _mat(M)
    key = _vec(key, M.shape[1])
    if beta < 0:
        raise ValueError("beta")
    similarity = np.array([np.dot(_unit(row), _unit(key)) for row in M])
    logits = beta * similarity
    logits -= np.max(logits)
    weights = np.exp(logits)
    return (weights / weights.sum()).astype(dtype)


def interpolate(wc, w_prev, g):
    dtype = _kind(wc, w_prev)
    wc = _vec(wc)
    w_prev = _vec(w_prev, wc.size)
    if g < 0 or 1 < g:
        raise ValueError("g")
    return (g * (wc - w_prev) + w_prev).astype(dtype)


def shift(w, s):
    dtype = _kind(w, s)
    w, s = _vec(w), _vec(s, 3)
    n = w.size
    out = np.zeros(n)
    for i in range(n):
        out[(i - 1) % n] += s[0] * w[i]
        out[i] += s[1] * w[i]
        out[(i + 1) % n] += s[2] * w[i]
    return out.astype(dtype)


def sharpen(w, gamma):
    dtype = _kind(w)
    w = _vec(w)
    if gamma < 1:
        raise ValueError("gamma")
    p = np.power(w / w.max(), gamma)
    return (p / np.sum(p)).astype(dtype)


def address(M, w_prev, key, beta, g, s, gamma):
    w = content_weights(M, key, beta)
    for step, setting in ((lambda w, g: interpolate(w, w_prev, g), g), (shift, s), (sharpen, gamma)):
        w = step(w, setting)
    return w


def read(M, w):
    dtype = _kind(M, w)
    M = _mat(M)
    return np.sum(M * _vec(w, M.shape[0])[:, None], axis=0).astype(dtype)


def write(M, w, erase, add):
    dtype = _kind(M, w, erase, add)
    M = _mat(M)
    w, erase, add = _vec(w, M.shape[0]), _vec(erase, M.shape[1]), _vec(add, M.shape[1])
    M += np.outer(w, add)
    M -= M * np.outer(w, erase)
    return M.astype(dtype)
