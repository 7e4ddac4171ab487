"""Wrong: hidden scores get -1e9, also in rows without a visible key."""

import math

import numpy as np

from ..forward.softmax import softmax


def _prepare(a):
    a = np.asarray(a)
    if a.dtype in (np.float32, np.float64):
        return a
    return a.astype(np.float64)


def attention(Q, K, V, mask=None):
    Q = _prepare(Q)
    K = _prepare(K)
    V = _prepare(V)
    for name, a in (("Q", Q), ("K", K), ("V", V)):
        if a.ndim < 2:
            raise ValueError(f"{name} needs a row dimension")
    if Q.shape[:-2] != K.shape[:-2] or K.shape[:-2] != V.shape[:-2]:
        raise ValueError("leading dimensions differ")
    if Q.shape[-1] != K.shape[-1]:
        raise ValueError("d_k differs")
    if K.shape[-2] != V.shape[-2]:
        raise ValueError("m differs")
    dk = Q.shape[-1]
    scores = np.matmul(Q, np.swapaxes(K, -1, -2)) / math.sqrt(dk)
    if mask is None:
        A = softmax(scores, axis=-1)
        return np.matmul(A, V), A
    mask = np.asarray(mask)
    if mask.shape != scores.shape and mask.shape != scores.shape[-2:]:
        raise ValueError("mask must be (n, m) or (..., n, m)")
    mask = np.broadcast_to(mask, scores.shape)
    scores[~mask] = -1e9
    A = softmax(scores, axis=-1)
    return np.matmul(A, V), A
