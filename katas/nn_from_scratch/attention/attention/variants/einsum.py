"""einsum names the axes, the queries are scaled first, and the softmax is written out."""

import numpy as np


def attention(Q, K, V, mask=None):
    Q, K, V = np.asarray(Q), np.asarray(K), np.asarray(V)
    dtype = np.result_type(Q, K, V)
    if not np.issubdtype(dtype, np.floating):
        dtype = np.dtype(float)
    Q, K, V = Q.astype(dtype), K.astype(dtype), V.astype(dtype)
    if not (Q.ndim == K.ndim == V.ndim >= 2) or Q.shape[:-2] != K.shape[:-2]:
        raise ValueError("leading dimensions")
    if K.shape[:-1] != V.shape[:-1] or Q.shape[-1] != K.shape[-1]:
        raise ValueError("shapes do not match")
    d = Q.shape[-1]
    scores = np.einsum("...id,...jd->...ij", Q * d**-0.5, K)
    if mask is not None:
        mask = np.asarray(mask)
        if mask.shape != scores.shape and mask.shape != scores.shape[-2:]:
            raise ValueError("the mask does not match")
        scores[np.broadcast_to(~mask, scores.shape)] = -np.inf
    top = np.max(scores, axis=-1, keepdims=True)
    top[np.isneginf(top)] = 0
    powers = np.exp(scores - top)
    total = np.sum(powers, axis=-1, keepdims=True)
    total[total == 0] = 1
    A = powers / total
    return np.einsum("...ij,...jv->...iv", A, V), A
