"""Wrong: the gradients of W and b are averaged, and other shapes are accepted backward."""
import numpy as np


def _as(a):
    a = np.asarray(a)
    return a if a.dtype.kind == "f" else a.astype(float)


def maxout_forward(x, W, b):
    x, W, b = _as(x), _as(W), _as(b)
    if x.ndim != 2 or W.ndim != 3 or x.shape[1] != W.shape[1] or b.shape != W.shape[::2]:
        raise ValueError("shapes")
    z = np.stack([x @ W[k] + b[k] for k in range(len(W))])
    return np.max(z, axis=0), np.argmax(z, axis=0)


def maxout_backward(dout, x, W, argmax):
    dout, x, W, argmax = _as(dout), _as(x), _as(W), np.asarray(argmax)
    if x.ndim != 2 or W.ndim != 3 or x.shape[1] != W.shape[1]:
        raise ValueError("shapes")
    dx, dW, db = np.zeros_like(x), np.zeros_like(W), np.zeros_like(W[:, 0, :])
    for k in range(len(W)):
        g = dout * (argmax == k)
        dx += g @ W[k].T
        dW[k] = x.T @ g / max(1, len(x))
        db[k] = g.sum(0) / max(1, len(x))
    return dx, dW, db
