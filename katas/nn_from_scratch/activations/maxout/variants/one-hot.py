"""A one-hot mask of the largest piece and matrix products."""

import numpy as np


def maxout_forward(x, W, b):
    x, W, b = _array(x), _array(W), _array(b)
    _fit(x, W, np.shape(b) == (W.shape[0], W.shape[-1]))
    z = x @ W + b[:, None]
    argmax = z.argmax(axis=0)
    return (z * _one_hot(argmax, len(W), z.dtype)).sum(axis=0), argmax.astype(np.int32)


def maxout_backward(dout, x, W, argmax):
    dout, x, W, argmax = _array(dout), _array(x), _array(W), np.asarray(argmax)
    fits = dout.shape == argmax.shape == (x.shape[0], W.shape[-1])
    _fit(x, W, fits)
    part = dout * _one_hot(argmax, len(W), dout.dtype)
    return (part @ W.transpose(0, 2, 1)).sum(axis=0), x.T @ part, part.sum(axis=1)


def _one_hot(argmax, k, dtype):
    return (np.arange(k).reshape(k, 1, 1) == argmax).astype(dtype)


def _fit(x, W, more):
    if not more or x.ndim != 2 or W.ndim != 3 or x.shape[1] != W.shape[1]:
        raise ValueError("shapes do not fit together")


def _array(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)
