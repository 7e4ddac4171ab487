"""All pairs of rows side by side, with one long vector, and the whole softmax Jacobian."""

import numpy as np

from ..activations.leaky import leaky_relu, leaky_relu_grad
from ..forward.softmax import log_softmax


def _pairs(H, A, W, a_self, a_other, slope):
    H, W, a_self, a_other = map(np.asarray, (H, W, a_self, a_other))
    kind = np.result_type(H, W, a_self, a_other)
    kind = kind if kind.kind == "f" and H.dtype.kind == "f" else np.dtype(float)
    H, W, a_self, a_other = (x.astype(kind) for x in (H, W, a_self, a_other))
    A = np.asarray(A)
    if H.ndim != 2 or W.ndim != 2 or A.ndim != 2:
        raise ValueError("H, A and W are matrices")
    n, o = len(H), W.shape[1]
    if A.shape != (n, n) or a_self.shape != (o,) or a_other.shape != (o,):
        raise ValueError("A is (n, n), the vectors (O,)")
    P = H @ W
    both = np.concatenate(
        [np.repeat(P[:, np.newaxis], n, axis=1), np.repeat(P[np.newaxis], n, axis=0)], axis=2
    )
    z = both @ np.concatenate([a_self, a_other])
    graph = A.astype(bool)
    graph[np.arange(n), np.arange(n)] = True
    e = leaky_relu(z, slope)
    e[~graph] = -np.inf
    return H, W, P, both, z, np.exp(log_softmax(e)), np.concatenate([a_self, a_other])


def gat_layer(H, A, W, a_self, a_other, slope=0.2):
    _, _, P, _, _, alpha, _ = _pairs(H, A, W, a_self, a_other, slope)
    return np.einsum("ij,jo->io", alpha, P), alpha


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    H, W, P, both, z, alpha, vector = _pairs(H, A, W, a_self, a_other, slope)
    dout = np.asarray(dout).astype(P.dtype)
    if dout.shape != P.shape:
        raise ValueError("dout is (n, O)")
    n, o = P.shape
    d_alpha = np.einsum("io,jo->ij", dout, P)
    jacobian = np.einsum("ij,jk->ijk", alpha, np.eye(n, dtype=P.dtype))
    jacobian = jacobian - alpha[:, :, None] * alpha[:, None, :]
    dz = np.einsum("ijk,ik->ij", jacobian, d_alpha) * leaky_relu_grad(z, slope)
    d_vector = np.einsum("ij,ijo->o", dz, both)
    d_both = dz[:, :, None] * vector
    dP = alpha.T @ dout + d_both[:, :, :o].sum(axis=1) + d_both[:, :, o:].sum(axis=0)
    return dP @ W.T, H.T @ dP, d_vector[:o], d_vector[o:]
