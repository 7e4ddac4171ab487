"""A list of edges, with sums over the edges of each node."""

import numpy as np


def _float(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def _edges(H, A, W, a_self, a_other, slope):
    H, W, a, c = _float(H), _float(W), _float(a_self), _float(a_other)
    A = np.asarray(A)
    if H.ndim != 2 or A.shape != (H.shape[0], H.shape[0]):
        raise ValueError("H must be (n, I), A must be (n, n)")
    if W.ndim != 2 or len(W) != H.shape[1] or not (a.shape == c.shape == (W.shape[1],)):
        raise ValueError("W must be (I, O), the vectors (O,)")
    n = len(H)
    i, j = np.nonzero(A)
    proper = i != j
    i = np.concatenate([i[proper], np.arange(n)])
    j = np.concatenate([j[proper], np.arange(n)])
    P = H @ W
    z = (P @ a)[i] + (P @ c)[j]
    e = np.maximum(z, 0) + slope * np.minimum(z, 0)
    top = np.full(n, -np.inf, e.dtype)
    np.maximum.at(top, i, e)
    p = np.exp(e - top[i])
    total = np.zeros(n, e.dtype)
    np.add.at(total, i, p)
    return H, W, a, c, P, i, j, z, p / total[i]


def gat_layer(H, A, W, a_self, a_other, slope=0.2):
    _, _, _, _, P, i, j, _, w = _edges(H, A, W, a_self, a_other, slope)
    out, alpha = np.zeros_like(P), np.zeros((len(P), len(P)), P.dtype)
    np.add.at(out, i, w[:, None] * P[j])
    alpha[i, j] = w
    return out, alpha


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    H, W, a, c, P, i, j, z, w = _edges(H, A, W, a_self, a_other, slope)
    dout = _float(dout)
    if dout.shape != P.shape:
        raise ValueError("dout must be (n, O)")
    dw = (dout[i] * P[j]).sum(axis=1)
    mean = np.zeros(len(P), P.dtype)
    np.add.at(mean, i, w * dw)
    dz = w * (dw - mean[i])
    dz[z <= 0] *= slope
    dP = np.zeros_like(P)
    np.add.at(dP, j, w[:, None] * dout[i] + dz[:, None] * c)
    np.add.at(dP, i, dz[:, None] * a)
    return dP @ W.T, H.T @ dP, dz @ P[i], dz @ P[j]
