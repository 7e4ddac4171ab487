"""Wrong: only the mask is right; the softmax runs over the queries."""

import numpy as np


def attention(Q, K, V, mask=None):
    Q, K, V = np.array(Q), np.array(K), np.array(V)
    kind = np.float32 if Q.dtype == K.dtype == V.dtype == np.float32 else np.float64
    Q, K, V = Q.astype(kind), K.astype(kind), V.astype(kind)
    if Q.ndim < 2 or Q.ndim != K.ndim or Q.ndim != V.ndim:
        raise ValueError("Q, K, V must have the same number of dimensions, at least two")
    lead = Q.shape[:-2]
    (n, dk), (m, dk2), (m2, dv) = Q.shape[-2:], K.shape[-2:], V.shape[-2:]
    if K.shape[:-2] != lead or V.shape[:-2] != lead or dk != dk2 or m != m2:
        raise ValueError("shapes do not fit together")
    keep = np.ones(lead + (n, m), dtype=bool)
    if mask is not None:
        mask = np.array(mask, dtype=bool)
        if mask.shape not in ((n, m), lead + (n, m)):
            raise ValueError("mask of another shape")
        keep &= mask
    out = np.zeros(lead + (n, dv), dtype=kind)
    weights = np.zeros(lead + (n, m), dtype=kind)
    for index in np.ndindex(*lead):
        s = Q[index].dot(K[index].T) / kind(np.sqrt(dk))
        for j in range(m):
            column = keep[index][:, j]
            if not column.any():
                continue
            e = np.exp(s[column, j] - s[column, j].max())
            weights[index][column, j] = e / e.sum()
        out[index] = weights[index].dot(V[index])
    return out, weights
