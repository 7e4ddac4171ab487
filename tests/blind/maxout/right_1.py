"""Right: loops over samples and units."""

import numpy as np


def _f(a):
    a = np.asarray(a)
    return a if a.dtype.kind == "f" else a.astype(float)


def _dims(x, W):
    if x.ndim != 2 or W.ndim != 3:
        raise ValueError("x must be 2-D and W 3-D")
    N, D = x.shape
    K, D2, M = W.shape
    if D != D2:
        raise ValueError("inputs do not match")
    return N, D, K, M


def maxout_forward(x, W, b):
    x, W, b = _f(x), _f(W), _f(b)
    N, D, K, M = _dims(x, W)
    if b.shape != (K, M):
        raise ValueError("bias")
    out = np.empty((N, M), dtype=np.result_type(x, W, b))
    argmax = np.empty((N, M), dtype=np.intp)
    for n in range(N):
        for m in range(M):
            z = W[:, :, m] @ x[n] + b[:, m]
            argmax[n, m] = np.argmax(z)
            out[n, m] = z[argmax[n, m]]
    return out, argmax


def maxout_backward(dout, x, W, argmax):
    dout, x, W = _f(dout), _f(x), _f(W)
    N, D, K, M = _dims(x, W)
    argmax = np.asarray(argmax)
    if dout.shape != (N, M) or argmax.shape != (N, M):
        raise ValueError("dout or argmax")
    dx = np.zeros((N, D), dtype=x.dtype)
    dW = np.zeros((K, D, M), dtype=W.dtype)
    db = np.zeros((K, M), dtype=W.dtype)
    for n in range(N):
        for m in range(M):
            k = argmax[n, m]
            dx[n] += dout[n, m] * W[k, :, m]
            dW[k, :, m] += dout[n, m] * x[n]
            db[k, m] += dout[n, m]
    return dx, dW, db
