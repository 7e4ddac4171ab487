"""Every query is computed alone, with only the keys that it sees."""

import math

import numpy as np

from ..forward.softmax import softmax


def attention(Q, K, V, mask=None):
    Q, K, V = np.array(Q), np.array(K), np.array(V)
    dtype = np.result_type(Q, K, V)
    if dtype.kind != "f":
        dtype = np.dtype(np.float64)
    if Q.ndim < 2 or K.ndim < 2 or V.ndim < 2:
        raise ValueError("a row dimension is missing")
    if Q.shape[:-2] != K.shape[:-2] or K.shape[:-1] != V.shape[:-1] or Q.shape[-1] != K.shape[-1]:
        raise ValueError(f"{Q.shape}, {K.shape} and {V.shape} do not match")
    shape = (*Q.shape[:-1], K.shape[-2])
    if mask is None:
        mask = np.ones(shape, bool)
    mask = np.array(mask)
    if mask.shape == shape[-2:]:
        mask = np.broadcast_to(mask, shape)
    if mask.shape != shape:
        raise ValueError("the mask has the wrong shape")
    out, A = np.zeros((*Q.shape[:-1], V.shape[-1]), dtype), np.zeros(shape, dtype)
    for place in np.ndindex(*Q.shape[:-1]):
        seen = np.flatnonzero(mask[place])
        if len(seen):
            keys = K[place[:-1]][seen].astype(dtype)
            scores = keys @ Q[place].astype(dtype) / math.sqrt(Q.shape[-1])
            A[(*place, seen)] = softmax(scores)
            out[place] = A[place] @ V[place[:-1]].astype(dtype)
    return out, A
