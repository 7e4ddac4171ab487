"""Right: einsum, numpy's masked maximum, and a guarded division."""

import numpy as np


def attention(Q, K, V, mask=None):
    arrays = [np.asarray(a) for a in (Q, K, V)]
    if any(a.ndim < 2 for a in arrays):
        raise ValueError("matrices expected")
    if len({a.shape[:-2] for a in arrays}) != 1:
        raise ValueError("different leading dimensions")
    Q, K, V = [a if np.issubdtype(a.dtype, np.floating) else a.astype(float) for a in arrays]
    S = np.einsum("...nd,...md->...nm", Q, K)
    if Q.shape[-1] != K.shape[-1] or K.shape[-2] != V.shape[-2]:
        raise ValueError("dimensions do not fit")
    S = S * float(1 / np.sqrt(Q.shape[-1]))
    visible = np.True_
    if mask is not None:
        visible = np.asarray(mask).astype(bool)
        if visible.shape != S.shape and visible.shape != S.shape[-2:]:
            raise ValueError("mask does not fit")
    visible = np.broadcast_to(visible, S.shape)
    low = np.finfo(S.dtype).min
    largest = S.max(axis=-1, keepdims=True, where=visible, initial=low)
    E = np.exp(np.minimum(S - largest, 0), where=visible, out=np.zeros_like(S))
    total = E.sum(axis=-1, keepdims=True)
    A = np.divide(E, total, out=np.zeros_like(E), where=total > 0)
    return np.einsum("...nm,...mv->...nv", A, V), A
