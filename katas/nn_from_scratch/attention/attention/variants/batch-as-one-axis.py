"""The leading dimensions become one, and hidden columns are added as -inf."""

import numpy as np

from ..forward.softmax import softmax


def attention(Q, K, V, mask=None):
    Q, K, V = (np.asarray(a) for a in (Q, K, V))
    if len({Q.ndim, K.ndim, V.ndim}) > 1 or Q.ndim < 2:
        raise ValueError("as many dimensions in Q, K and V, at least 2")
    leading, n, m = Q.shape[:-2], Q.shape[-2], K.shape[-2]
    if K.shape[:-2] != leading or V.shape[:-2] != leading or V.shape[-2] != m:
        raise ValueError("leading dimensions and keys must be the same")
    if Q.shape[-1] != K.shape[-1]:
        raise ValueError("dk must be the same")
    entries = int(np.prod(leading))
    kind = np.promote_types(np.promote_types(Q.dtype, K.dtype), V.dtype)
    kind = kind if kind in (np.float32, np.float64) else np.float64
    flat = [a.astype(kind).reshape(entries, *a.shape[-2:]) for a in (Q, K, V)]
    hidden = np.zeros((n, m), kind)
    if mask is not None:
        mask = np.asarray(mask)
        if mask.shape != (n, m) and mask.shape != leading + (n, m):  # noqa: RUF005
            raise ValueError("the mask must be (n, m) or have leading dimensions too")
        hidden = np.where(mask, kind_of(kind, 0), kind_of(kind, -np.inf))
    A = np.zeros((entries, n, m), kind)
    hidden = np.broadcast_to(hidden, (*leading, n, m)).reshape(entries, n, m)
    for e in range(entries):
        scores = (flat[0][e] @ flat[1][e].T) / kind_of(kind, Q.shape[-1]) ** kind_of(kind, 0.5)
        for i in range(n):
            if np.isfinite(hidden[e, i]).any():
                A[e, i] = softmax(scores[i] + hidden[e, i])
    out = A @ flat[2]
    return out.reshape(*leading, n, V.shape[-1]), A.reshape(*leading, n, m)


def kind_of(kind, number):
    return np.dtype(kind).type(number)
