"""Right: recursion over the leading dimensions, matrices at the bottom, copies of everything."""

import numpy as np


def attention_backward(dout, Q, K, V, A):
    parts = [np.array(part) for part in (dout, Q, K, V, A)]
    if any(part.ndim < 2 for part in parts):
        raise ValueError("matrices, please")
    if any(part.shape[:-2] != parts[0].shape[:-2] for part in parts):
        raise ValueError("not the same batch")
    kind = np.result_type(*parts)
    if not np.issubdtype(kind, np.floating):
        kind = np.dtype("float64")
    g, q, k, v, a = [part.astype(kind) for part in parts]
    if g.shape[-2:] != (q.shape[-2], v.shape[-1]):
        raise ValueError("dout")
    if a.shape[-2:] != (q.shape[-2], k.shape[-2]):
        raise ValueError("A")
    if k.shape[-1] != q.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("K")
    if g.ndim > 2:
        dq, dk, dv = np.zeros_like(q), np.zeros_like(k), np.zeros_like(v)
        for i in range(len(g)):
            dq[i], dk[i], dv[i] = attention_backward(g[i], q[i], k[i], v[i], a[i])
        return dq, dk, dv
    da = g.dot(v.T)
    ds = a * da - a * np.sum(a * da, axis=1).reshape(-1, 1)
    ds = ds * (1 / np.sqrt(kind.type(k.shape[1])))
    return ds.dot(k), ds.T.dot(q), a.T.dot(g)
