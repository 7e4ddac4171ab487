"""Wrong: a loop writes into the caller's array, since asarray makes no copy."""

import numpy as np


def to_float(a):
    a = np.asarray(a)
    if a.dtype in (np.float32, np.float64, np.float16):
        return a
    return a.astype(np.float64)


def cos(u, v):
    nu, nv = np.linalg.norm(u), np.linalg.norm(v)
    if nu == 0 or nv == 0:
        return 0.0
    return (u / nu) @ (v / nv)


def content_weights(M, key, beta):
    M, key = to_float(M), to_float(key)
    if M.ndim != 2 or key.ndim != 1 or M.shape[1] != len(key):
        raise ValueError("M must be (R, C) and key (C,)")
    if beta < 0:
        raise ValueError("beta must not be negative")
    scores = np.array([beta * cos(row, key) for row in M])
    e = np.exp(scores - scores.max())
    return (e / e.sum()).astype(M.dtype)


def interpolate(wc, w_prev, g):
    wc, w_prev = to_float(wc), to_float(w_prev)
    if wc.ndim != 1 or wc.shape != w_prev.shape:
        raise ValueError("both must be (R,)")
    if not (0 <= g <= 1):
        raise ValueError("g must be in [0, 1]")
    return g * wc + (1 - g) * w_prev


def shift(w, s):
    w, s = to_float(w), to_float(s)
    if w.ndim != 1:
        raise ValueError("w must be (R,)")
    if s.shape != (3,):
        raise ValueError("s must be (3,)")
    return sum(s[j] * np.roll(w, j - 1) for j in range(3))


def sharpen(w, gamma):
    w = to_float(w)
    if w.ndim != 1:
        raise ValueError("w must be (R,)")
    if gamma < 1:
        raise ValueError("gamma must be >= 1")
    w = w / np.max(w)
    w = w**gamma
    return w / np.sum(w)


def address(M, w_prev, key, beta, g, s, gamma):
    wc = content_weights(M, key, beta)
    wg = interpolate(wc, w_prev, g)
    ws = shift(wg, s)
    return sharpen(ws, gamma)


def read(M, w):
    M, w = to_float(M), to_float(w)
    if M.ndim != 2 or w.ndim != 1 or M.shape[0] != w.shape[0]:
        raise ValueError("shapes")
    return M.T @ w


def write(M, w, erase, add):
    M, w, erase, add = to_float(M), to_float(w), to_float(erase), to_float(add)
    if M.ndim != 2 or w.shape != (M.shape[0],):
        raise ValueError("M must be (R, C) and w (R,)")
    if erase.shape != (M.shape[1],) or add.shape != (M.shape[1],):
        raise ValueError("erase and add must be (C,)")
    for i in range(len(M)):
        M[i] = M[i] * (1 - w[i] * erase) + w[i] * add
    return M
