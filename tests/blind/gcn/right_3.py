from typing import NamedTuple

import numpy as np

from ..layers.dense import Dense


class Memory(NamedTuple):
    S: np.ndarray
    SH: np.ndarray
    Z: np.ndarray


def normalize_adjacency(A):
    A = np.array(A)
    if A.ndim != 2 or len(set(A.shape)) != 1:
        raise ValueError("an adjacency matrix is square")
    n = A.shape[0]
    B = A if A.dtype.kind == "f" else A.astype("float64")
    for i in range(n):
        if B[i, i] != 0:
            raise ValueError(f"node {i} has an edge to itself")
        if (B[i] < 0).any():
            raise ValueError("negative weight")
        if (B[i] != B[:, i]).any():
            raise ValueError("edges in one direction only")
    B = B + np.identity(n, dtype=B.dtype)
    D = np.diag(B.sum(axis=1) ** -0.5)
    return D @ B @ D


class GCNLayer:
    def __init__(self, units_in, units_out, rng, relu=True):
        dense = Dense(units_in, units_out, rng)
        self.params, self.grads = dense.params, dense.grads
        self.relu = relu
        self.memory = None

    def forward(self, H, A_hat, training=False):
        W, b = self.params["W"], self.params["b"]
        H, S = np.asarray(H, float), np.array(A_hat, float)
        if H.ndim != 2 or H.shape[1] != W.shape[0]:
            raise ValueError(f"H: (n, {W.shape[0]})")
        if S.shape != (H.shape[0],) * 2:
            raise ValueError("A_hat: (n, n)")
        SH = S.dot(H)
        Z = SH.dot(W) + b
        if training:
            self.memory = Memory(S, SH, Z.copy())
        return np.maximum(Z, 0) if self.relu else Z

    def backward(self, dout):
        if self.memory is None:
            raise RuntimeError("backward without forward")
        S, SH, Z = self.memory
        dZ = np.array(dout, float)
        if dZ.shape != Z.shape:
            raise ValueError(f"dout: {Z.shape}")
        if self.relu:
            dZ[Z <= 0] = 0
        self.grads["W"] += SH.T.dot(dZ)
        self.grads["b"] += dZ.sum(0)
        return S.T.dot(dZ).dot(self.params["W"].T)

    def zero_grad(self):
        for name in ("W", "b"):
            self.grads[name][:] = 0
