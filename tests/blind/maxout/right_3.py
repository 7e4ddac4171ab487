"""Right: a mask per piece, with a list of pieces."""

import numpy as np


def _as(a):
    a = np.array(a)
    return a if a.dtype.kind == "f" else a * 1.0


def maxout_forward(x, W, b):
    x, W, b = _as(x), _as(W), _as(b)
    if not (x.ndim == 2 and W.ndim == 3 and b.shape == (len(W), W.shape[2])):
        raise ValueError("shapes")
    if x.shape[1] != W.shape[1]:
        raise ValueError("shapes")
    pieces = np.stack([x.dot(w) + c for w, c in zip(W, b)])
    out = np.maximum.reduce(pieces)
    argmax = np.full(out.shape, -1)
    for k in range(len(W)):
        argmax[(pieces[k] == out) & (argmax < 0)] = k
    return out, argmax


def maxout_backward(dout, x, W, argmax):
    dout, x, W, argmax = _as(dout), _as(x), _as(W), np.array(argmax)
    if not (x.ndim == 2 and W.ndim == 3 and x.shape[1] == W.shape[1]):
        raise ValueError("shapes")
    if not (dout.shape == argmax.shape == (len(x), W.shape[2])):
        raise ValueError("shapes")
    masks = [np.where(argmax == k, dout, dout.dtype.type(0)) for k in range(len(W))]
    dW = np.stack([x.T.dot(g) for g in masks])
    db = np.stack([g.sum(axis=0) for g in masks])
    dx = sum(g.dot(w.T) for g, w in zip(masks, W))
    return dx, dW, db
