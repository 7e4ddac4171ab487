"""Wrong: a directed graph is made symmetric, not refused."""

import numpy as np

from ..layers.dense import Dense


def normalize_adjacency(A):
    A = np.asarray(A)
    if not np.issubdtype(A.dtype, np.floating):
        A = A.astype(np.float64)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A must be square")
    if not (A == A.T).all():
        A = np.maximum(A, A.T)
    if (A < 0).any():
        raise ValueError("weights must not be negative")
    if (np.diagonal(A) != 0).any():
        raise ValueError("A must not have self-loops")
    B = A + np.eye(A.shape[0], dtype=A.dtype)
    inv = 1 / np.sqrt(B.sum(axis=1))
    return inv[:, None] * B * inv[None, :]


class GCNLayer:
    def __init__(self, units_in, units_out, rng, relu=True):
        self.dense = Dense(units_in, units_out, rng)
        self.params = self.dense.params
        self.grads = self.dense.grads
        self.use_relu = relu
        self.cache = None

    def forward(self, H, A_hat, training=False):
        H = np.asarray(H, dtype=float)
        A_hat = np.asarray(A_hat, dtype=float)
        if H.ndim != 2 or H.shape[1] != self.params["W"].shape[0]:
            raise ValueError("H must be (n, I)")
        if A_hat.shape != (H.shape[0], H.shape[0]):
            raise ValueError("A_hat must be (n, n)")
        z = self.dense.forward(A_hat @ H, training=training)
        if training:
            self.cache = (A_hat, z)
        return np.maximum(z, 0) if self.use_relu else z

    def backward(self, dout):
        if self.cache is None:
            raise RuntimeError("call forward with training=True first")
        A_hat, z = self.cache
        dout = np.asarray(dout, dtype=float)
        if dout.shape != z.shape:
            raise ValueError("dout has the wrong shape")
        dz = dout * (z > 0) if self.use_relu else dout
        return A_hat.T @ self.dense.backward(dz)

    def zero_grad(self):
        self.dense.zero_grad()
