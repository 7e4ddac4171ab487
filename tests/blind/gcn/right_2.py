"""Graph convolution as a dense layer that gets mixed features."""

import numpy as np

from ..layers.dense import Dense


def normalize_adjacency(A):
    A = np.asarray(A)
    if not np.issubdtype(A.dtype, np.floating):
        A = A.astype(np.float64)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A is not square")
    if not np.array_equal(A, A.T):
        raise ValueError("A is not symmetric")
    if np.any(A < 0) or np.any(A.diagonal()):
        raise ValueError("A has a negative entry, or a loop")
    B = A.copy()
    np.fill_diagonal(B, 1)
    root = np.sqrt(np.einsum("ij->i", B))
    return np.einsum("ij,i,j->ij", B, 1 / root, 1 / root)


class GCNLayer(Dense):
    def __init__(self, units_in, units_out, rng, relu=True):
        super().__init__(units_in, units_out, rng)
        self.rectify = relu
        self.tape = None

    def forward(self, H, A_hat, training=False):
        H = np.asarray(H, dtype=np.float64)
        A_hat = np.array(A_hat, dtype=np.float64)
        if H.ndim != 2 or A_hat.shape != (len(H), len(H)):
            raise ValueError("one row of A_hat per row of H")
        Z = super().forward(A_hat @ H, training)
        if training:
            open_gate = Z > 0 if self.rectify else np.ones(Z.shape, dtype=bool)
            self.tape = A_hat, open_gate
        return Z.clip(min=0) if self.rectify else Z

    def backward(self, dout):
        if self.tape is None:
            raise RuntimeError("no forward(training=True) before backward")
        A_hat, open_gate = self.tape
        dout = np.asarray(dout)
        if dout.shape != open_gate.shape:
            raise ValueError("dout has the wrong shape")
        return A_hat.T @ super().backward(np.where(open_gate, dout, 0.0))
