"""Diagonal matrices, H @ W before the graph, and no Dense but its weights."""

import numpy as np

from ..layers.dense import Dense


def normalize_adjacency(A):
    A = np.asarray(A)
    if A.dtype.kind != "f":
        A = A.astype(float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A is not square")
    if (A != A.T).any() or np.any(np.diag(A) != 0) or np.any(A < 0):
        raise ValueError("A has loops, directions or negative weights")
    B = A + np.identity(len(A), A.dtype)
    D = np.diag(B.sum(axis=0) ** -0.5)
    return D @ B @ D


class GCNLayer:
    def __init__(self, units_in, units_out, rng, relu=True):
        self.params = Dense(units_in, units_out, rng).params
        self.grads = {k: np.zeros(v.shape) for k, v in self.params.items()}
        self.relu = relu
        self.last = None

    def forward(self, H, A_hat, training=False):
        H, A_hat = np.array(H, float), np.array(A_hat, float)
        if H.ndim != 2 or H.shape[1] != len(self.params["W"]) or A_hat.shape != (len(H), len(H)):
            raise ValueError("the shapes do not match")
        Z = A_hat @ (H @ self.params["W"]) + self.params["b"]
        if training:
            self.last = H, A_hat, Z
        return np.maximum(Z, 0) if self.relu else Z

    def backward(self, dout):
        if self.last is None:
            raise RuntimeError("no forward yet")
        H, A_hat, Z = self.last
        dZ = np.array(dout, float)
        if dZ.shape != Z.shape:
            raise ValueError("dout does not have the shape of the output")
        if self.relu:
            dZ[Z <= 0] = 0
        back = A_hat.T @ dZ
        self.grads["W"] += H.T @ back
        self.grads["b"] += dZ.sum(0)
        return back @ self.params["W"].T

    def zero_grad(self):
        for g in self.grads.values():
            g.fill(0)
