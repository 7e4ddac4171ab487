"""Sums over named indices, and roots that are multiplied in."""

import math

import numpy as np

from ..layers.dense import Dense


def normalize_adjacency(A):
    A = np.asarray(A)
    kind = A.dtype if A.dtype.kind == "f" else np.dtype(np.float64)
    if A.ndim != 2 or len(set(A.shape)) > 1:
        raise ValueError("A must be (n, n)")
    B = A.astype(np.float64)
    n = len(B)
    for i in range(n):
        if B[i, i] != 0:
            raise ValueError("A has a loop")
        for j in range(i):
            if B[i, j] != B[j, i] or B[i, j] < 0:
                raise ValueError("A is directed, or a weight is negative")
        B[i, i] = 1.0
    scale = np.array([1 / math.sqrt(row.sum()) for row in B])
    return np.einsum("i,ij,j->ij", scale, B, scale).astype(kind)


class GCNLayer:
    def __init__(self, units_in, units_out, rng, relu=True):
        start = Dense(units_in, units_out, rng)
        self.params, self.grads = dict(start.params), dict(start.grads)
        self._relu, self._seen = relu, ()

    def forward(self, H, A_hat, training=False):
        H, A_hat = np.asarray(H) * 1.0, np.asarray(A_hat) * 1.0
        W, b = self.params["W"], self.params["b"]
        if H.shape != (len(A_hat) if A_hat.ndim == 2 else -1, len(W)):
            raise ValueError("H must be (n, I)")
        if A_hat.shape[1] != len(H):
            raise ValueError("A_hat must be (n, n)")
        mixed = np.einsum("ij,jk->ik", A_hat, H)
        Z = np.einsum("ik,ko->io", mixed, W) + b
        slope = np.where(Z > 0, 1.0, 0.0) if self._relu else np.ones(Z.shape)
        if training:
            self._seen = (A_hat, mixed, slope)
        return Z * slope

    def backward(self, dout):
        if not self._seen:
            raise RuntimeError("nothing to go back through")
        A_hat, mixed, slope = self._seen
        dout = np.asarray(dout)
        if dout.shape != slope.shape:
            raise ValueError("dout must have the shape of the output")
        dZ = dout * slope
        self.grads["W"] += np.einsum("ik,io->ko", mixed, dZ)
        self.grads["b"] += np.einsum("io->o", dZ)
        return np.einsum("ij,io,ko->jk", A_hat, dZ, self.params["W"])

    def zero_grad(self):
        self.grads["W"][:] = 0.0
        self.grads["b"][:] = 0.0
