"""Wrong: the mask multiplies the scores."""

import numpy as np

from ..activations.leaky import leaky_relu, leaky_relu_grad
from ..forward.softmax import softmax


def to_float(x):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    return x


def prepare(H, A, W, a_self, a_other):
    H, W, a_self, a_other = to_float(H), to_float(W), to_float(a_self), to_float(a_other)
    A = np.asarray(A)
    if H.ndim != 2:
        raise ValueError("H must be 2-d")
    if W.ndim != 2 or W.shape[0] != H.shape[1]:
        raise ValueError("W must be (I, O)")
    if A.ndim != 2 or A.shape[0] != len(H) or A.shape[1] != len(H):
        raise ValueError("A must be (n, n)")
    if a_self.shape != (W.shape[1],) or a_other.shape != (W.shape[1],):
        raise ValueError("a_self and a_other must be (O,)")
    mask = A.astype(bool)
    np.fill_diagonal(mask, True)
    return H, mask, W, a_self, a_other


def forward(H, mask, W, a_self, a_other, slope):
    P = H @ W
    z = (P @ a_self).reshape(-1, 1) + (P @ a_other).reshape(1, -1)
    e = leaky_relu(z, slope)
    e = e * mask
    alpha = softmax(e, axis=1)
    return P, z, alpha


def gat_layer(H, A, W, a_self, a_other, slope=0.2):
    H, mask, W, a_self, a_other = prepare(H, A, W, a_self, a_other)
    P, z, alpha = forward(H, mask, W, a_self, a_other, slope)
    return alpha @ P, alpha


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    H, mask, W, a_self, a_other = prepare(H, A, W, a_self, a_other)
    dout = to_float(dout)
    if dout.shape != (H.shape[0], W.shape[1]):
        raise ValueError("dout must be (n, O)")
    P, z, alpha = forward(H, mask, W, a_self, a_other, slope)
    dP = alpha.T @ dout
    dalpha = dout @ P.T
    de = alpha * (dalpha - np.sum(alpha * dalpha, axis=1, keepdims=True))
    dz = de * leaky_relu_grad(z, slope)
    row = dz.sum(axis=1)
    col = dz.sum(axis=0)
    dP = dP + row[:, None] * a_self + col[:, None] * a_other
    return dP @ W.T, H.T @ dP, P.T @ row, P.T @ col
