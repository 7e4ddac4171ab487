"""The weights are exp(scores - logsumexp), and hidden scores become a very negative number."""

import numpy as np

from ..forward.softmax import logsumexp


def floats(*arrays):
    arrays = [np.asarray(a) for a in arrays]
    return [a if a.dtype.kind == "f" else a.astype(float) for a in arrays]


def attention(Q, K, V, mask=None):
    Q, K, V = floats(Q, K, V)
    *leading, n, d = Q.shape if Q.ndim >= 2 else (None, 0, 0)
    m, dv = V.shape[-2:] if V.ndim >= 2 else (0, 0)
    if K.shape != (*leading, m, d) or V.shape != (*leading, m, dv):
        raise ValueError("the shapes of Q, K and V")
    scores = np.matmul(Q, np.moveaxis(K, -1, -2)) * float(d) ** -0.5
    if mask is None:
        A = np.exp(scores - logsumexp(scores, keepdims=True))
        return A @ V, A
    mask = np.asarray(mask)
    if mask.shape not in [(n, m), (*leading, n, m)]:
        raise ValueError("the shape of the mask")
    scores = np.where(mask, scores, -1e30)
    A = np.where(mask, np.exp(scores - logsumexp(scores, keepdims=True)), 0.0)
    return np.matmul(A, V), A
