"""A loop over the nodes, in both directions."""

import numpy as np

from ..activations.leaky import leaky_relu, leaky_relu_grad
from ..forward.softmax import softmax


def _ready(H, A, W, a_self, a_other):
    H, W, a_self, a_other = (
        x if x.dtype.kind == "f" else x.astype(float)
        for x in map(np.asarray, (H, W, a_self, a_other))
    )
    A = np.asarray(A)
    if H.ndim != 2 or W.ndim != 2 or H.shape[1] != W.shape[0] or A.shape != (len(H), len(H)):
        raise ValueError("H, A and W do not match")
    if a_self.shape != (W.shape[1],) or a_other.shape != (W.shape[1],):
        raise ValueError("the vectors do not match")
    return H, A, W, a_self, a_other


def _seen(A, i):
    return [j for j in range(len(A)) if j == i or A[i, j]]


def gat_layer(H, A, W, a_self, a_other, slope=0.2):
    H, A, W, a_self, a_other = _ready(H, A, W, a_self, a_other)
    P = H @ W
    alpha = np.zeros((len(H), len(H)), P.dtype)
    for i in range(len(H)):
        js = _seen(A, i)
        alpha[i, js] = softmax(leaky_relu(P[i] @ a_self + P[js] @ a_other, slope))
    return alpha @ P, alpha


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    _, alpha = gat_layer(H, A, W, a_self, a_other, slope)
    H, A, W, a_self, a_other = _ready(H, A, W, a_self, a_other)
    dout = np.asarray(dout) if np.asarray(dout).dtype.kind == "f" else np.array(dout, float)
    P = H @ W
    if dout.shape != P.shape:
        raise ValueError("dout does not match")
    dP, da, dc = np.zeros_like(P), np.zeros_like(a_self), np.zeros_like(a_other)
    for i in range(len(H)):
        js = _seen(A, i)
        w = alpha[i, js]
        dw = P[js] @ dout[i]
        dz = w * (dw - w @ dw) * leaky_relu_grad(P[i] @ a_self + P[js] @ a_other, slope)
        dP[js] += np.outer(w, dout[i]) + np.outer(dz, a_other)
        dP[i] += dz.sum() * a_self
        da += dz.sum() * P[i]
        dc += dz @ P[js]
    return dP @ W.T, H.T @ dP, da, dc
