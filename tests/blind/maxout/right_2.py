"""Right: tensordot, and the gradient placed by put_along_axis."""

import numpy as np


def to_float(a):
    a = np.asarray(a)
    return a if np.issubdtype(a.dtype, np.floating) else a.astype(np.float64)


def maxout_forward(x, W, b):
    x = to_float(x)
    W = to_float(W)
    b = to_float(b)
    if x.ndim != 2 or W.ndim != 3 or b.ndim != 2:
        raise ValueError("wrong number of axes")
    if x.shape[1] != W.shape[1] or b.shape[0] != W.shape[0] or b.shape[1] != W.shape[2]:
        raise ValueError("axes do not match")
    scores = np.tensordot(x, W, axes=([1], [1]))  # N, K, M
    scores = scores + b
    winner = scores.argmax(axis=1)
    return scores.max(axis=1), winner


def maxout_backward(dout, x, W, argmax):
    dout = to_float(dout)
    x = to_float(x)
    W = to_float(W)
    argmax = np.array(argmax)
    if x.ndim != 2 or W.ndim != 3 or x.shape[1] != W.shape[1]:
        raise ValueError("x and W")
    if dout.shape != argmax.shape or dout.shape != (len(x), W.shape[2]):
        raise ValueError("dout and argmax")
    dz = np.zeros((len(x), len(W), W.shape[2]), dtype=dout.dtype)
    np.put_along_axis(dz, argmax[:, None, :], dout[:, None, :], axis=1)
    dx = np.tensordot(dz, W, axes=([1, 2], [0, 2]))
    dW = np.tensordot(dz, x, axes=([0], [0])).transpose(0, 2, 1)
    db = dz.sum(0)
    return dx, dW, db
