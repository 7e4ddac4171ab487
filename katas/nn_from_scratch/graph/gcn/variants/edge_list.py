"""A list of edges: each edge is added to the node that takes, and back to the one that gave."""

import numpy as np

from ..layers.dense import Dense


def normalize_adjacency(A):
    array = np.asarray(A)
    array = array if array.dtype.kind == "f" else array.astype(np.float64)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError("A must be square")
    if np.trace(np.abs(array)) > 0 or np.any(array != array.T) or np.any(array < 0):
        raise ValueError("A must be an undirected graph without loops")
    n = len(array)
    to, of = np.nonzero(array)
    weights = array[to, of]
    degrees = np.ones(n, array.dtype)
    np.add.at(degrees, to, weights)
    result = np.diag(1 / degrees).astype(array.dtype)
    result[to, of] = weights / np.sqrt(degrees[to] * degrees[of])
    return result


class GCNLayer:
    def __init__(self, units_in, units_out, rng, relu=True):
        self._dense = Dense(units_in, units_out, rng)
        self._relu = relu
        self._edges = None

    @property
    def params(self):
        return self._dense.params

    @property
    def grads(self):
        return self._dense.grads

    def forward(self, H, A_hat, training=False):
        H, A_hat = np.asarray(H, np.float64), np.asarray(A_hat, np.float64)
        if H.ndim != 2 or A_hat.ndim != 2 or A_hat.shape != (H.shape[0], H.shape[0]):
            raise ValueError("H must be (n, I), A_hat (n, n)")
        to, of = np.nonzero(A_hat)
        weights = A_hat[to, of][:, np.newaxis]
        sums = np.zeros(H.shape)
        np.add.at(sums, to, weights * H[of])
        Z = self._dense.forward(sums, training=training)
        if training:
            self._edges = to, of, weights, Z.copy()
        return Z * (Z > 0) if self._relu else Z

    def backward(self, dout):
        if self._edges is None:
            raise RuntimeError("forward(..., training=True) comes first")
        to, of, weights, Z = self._edges
        dout = np.asarray(dout, np.float64)
        if dout.shape != Z.shape:
            raise ValueError("wrong shape of dout")
        d_sums = self._dense.backward(np.where(Z > 0, dout, 0.0) if self._relu else dout)
        dH = np.zeros(d_sums.shape)
        np.add.at(dH, of, weights * d_sums[to])
        return dH

    def zero_grad(self):
        self._dense.zero_grad()
