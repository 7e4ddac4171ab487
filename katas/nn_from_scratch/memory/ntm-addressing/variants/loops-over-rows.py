"""Loops over Python numbers, and sums instead of products of arrays."""

import math

import numpy as np


def _dtype(*arrays):
    dtype = np.result_type(*arrays)
    return dtype if np.issubdtype(dtype, np.floating) else np.dtype(float)


def _need(fits):
    if not fits:
        raise ValueError("the arguments do not match")


def content_weights(M, key, beta):
    M, key = np.asarray(M), np.asarray(key)
    _need(beta >= 0 and M.ndim == 2 and key.ndim == 1 and M.shape[1] == key.shape[0])
    scores = []
    for row in M.tolist():
        scale = math.hypot(*row) * math.hypot(*key.tolist())
        product = sum(a * b for a, b in zip(row, key.tolist(), strict=True))
        scores.append(beta * product / scale if scale > 0 else 0.0)
    powers = [math.exp(score - max(scores)) for score in scores]
    return np.array([power / sum(powers) for power in powers], _dtype(M, key))


def interpolate(wc, w_prev, g):
    _need(np.ndim(wc) == 1 and np.shape(wc) == np.shape(w_prev) and 0 <= g <= 1)
    pairs = zip(np.asarray(wc).tolist(), np.asarray(w_prev).tolist(), strict=True)
    return np.array([p + g * (c - p) for c, p in pairs], _dtype(wc, w_prev))


def shift(w, s):
    _need(np.ndim(w) == 1 and np.shape(s) == (3,))
    w, s, dtype = np.asarray(w), np.asarray(s), _dtype(w, s)
    count = len(w)
    result = np.zeros(count, dtype)
    for i in range(count):
        for j in range(3):
            result[i] += w[(i - j + 1) % count] * s[j]
    return result


def sharpen(w, gamma):
    w = np.asarray(w)
    _need(w.ndim == 1 and gamma >= 1)
    largest = max(w.tolist())
    powers = [(weight / largest) ** gamma for weight in w.tolist()]
    return np.array([power / sum(powers) for power in powers], _dtype(w))


def address(M, w_prev, key, beta, g, s, gamma):
    w = content_weights(M, key, beta)
    w = interpolate(w, w_prev, g)
    w = shift(w, s)
    return sharpen(w, gamma)


def read(M, w):
    M, w, dtype = np.asarray(M), np.asarray(w), _dtype(M, w)
    _need(M.ndim == 2 and w.shape == M.shape[:1])
    result = np.zeros(M.shape[1], dtype)
    for row, weight in zip(M, w, strict=True):
        result += weight * row.astype(dtype)
    return result


def write(M, w, erase, add):
    M, w, erase, add = map(np.asarray, (M, w, erase, add))
    _need(M.ndim == 2 and w.shape == M.shape[:1] and erase.shape == add.shape == M.shape[1:])
    result = np.array(M, _dtype(M, w, erase, add))
    for r in range(M.shape[0]):
        for c in range(M.shape[1]):
            result[r, c] -= result[r, c] * (float(w[r]) * float(erase[c]))
            result[r, c] += float(w[r]) * float(add[c])
    return result
