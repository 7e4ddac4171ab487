"""Graph attention on a list of edges: entry k of every edge array belongs to edge k."""

from dataclasses import dataclass

import numpy as np

from ..activations.leaky import leaky_relu, leaky_relu_grad


def _floats(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


@dataclass
class Pass:
    H: np.ndarray
    W: np.ndarray
    a: np.ndarray
    c: np.ndarray
    P: np.ndarray
    look: np.ndarray  # (E,) the node that looks
    seen: np.ndarray  # (E,) the node it looks at
    z: np.ndarray  # (E,) scores before the leaky ReLU
    weight: np.ndarray  # (E,)

    def sum_by(self, ends, values):
        total = np.zeros((len(self.P), *values.shape[1:]), values.dtype)
        np.add.at(total, ends, values)
        return total


def _run(H, A, W, a_self, a_other, slope):
    H, W, a, c = map(_floats, (H, W, a_self, a_other))
    A = np.asarray(A)
    if H.ndim != 2 or W.ndim != 2 or H.shape[1] != W.shape[0]:
        raise ValueError("H @ W does not fit")
    if A.shape != (len(H), len(H)):
        raise ValueError("A has one row and one column per node")
    if a.shape != W.shape[1:] or c.shape != W.shape[1:]:
        raise ValueError("the attention vectors have O numbers")
    visible = A != 0
    np.fill_diagonal(visible, True)
    look, seen = visible.nonzero()
    P = H @ W
    z = (P @ a)[look] + (P @ c)[seen]
    score = leaky_relu(z, slope)
    top = np.full(len(H), -np.inf, score.dtype)
    np.maximum.at(top, look, score)
    p = Pass(H, W, a, c, P, look, seen, z, np.exp(score - top[look]))
    p.weight /= p.sum_by(look, p.weight)[look]
    return p


def gat_layer(H, A, W, a_self, a_other, slope=0.2):
    p = _run(H, A, W, a_self, a_other, slope)
    alpha = np.zeros((len(p.P), len(p.P)), p.P.dtype)
    alpha[p.look, p.seen] = p.weight
    return p.sum_by(p.look, p.weight[:, None] * p.P[p.seen]), alpha


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    p = _run(H, A, W, a_self, a_other, slope)
    dout = np.asarray(dout, dtype=p.P.dtype)
    if dout.shape != p.P.shape:
        raise ValueError("dout has the shape of the output")
    arriving = dout[p.look]
    dweight = np.einsum("eo,eo->e", arriving, p.P[p.seen])
    mean = p.sum_by(p.look, p.weight * dweight)
    dz = p.weight * (dweight - mean[p.look]) * leaky_relu_grad(p.z, slope)
    dP = p.sum_by(p.seen, p.weight[:, None] * arriving)
    dP += p.sum_by(p.look, dz[:, None] * p.a)
    dP += p.sum_by(p.seen, dz[:, None] * p.c)
    return dP @ p.W.T, p.H.T @ dP, dz @ p.P[p.look], dz @ p.P[p.seen]
