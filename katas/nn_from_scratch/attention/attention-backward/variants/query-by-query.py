"""Loops over entries and queries, with the Jacobian of each softmax as a matrix."""

import math

import numpy as np


def attention_backward(dout, Q, K, V, A):
    dout, Q, K, V, A = (np.asarray(array) for array in (dout, Q, K, V, A))
    for array in (dout, Q, K, V, A):
        if array.ndim < 2:
            raise ValueError("one vector is not enough")
    leading = Q.shape[:-2]
    n, dk = Q.shape[-2:]
    m, dv = V.shape[-2:]
    expected = [(n, dv), (n, dk), (m, dk), (m, dv), (n, m)]
    for array, shape in zip((dout, Q, K, V, A), expected, strict=True):
        if array.shape != leading + shape:
            raise ValueError(f"expected {leading + shape}, got {array.shape}")
    dtype = np.result_type(dout, Q, K, V, A)
    dtype = dtype if dtype.kind == "f" else np.dtype(float)
    dout, Q, K, V, A = (array.astype(dtype) for array in (dout, Q, K, V, A))
    dQ, dK, dV = np.zeros_like(Q), np.zeros_like(K), np.zeros_like(V)
    for place in np.ndindex(*leading, n):
        entry = place[:-1]
        row = A[place]
        jacobian = np.diag(row) - np.outer(row, row)
        d_scores = jacobian @ (V[entry] @ dout[place]) / math.sqrt(dk)
        dQ[place] = d_scores @ K[entry]
        dK[entry] += np.outer(d_scores, Q[place])
        dV[entry] += np.outer(row, dout[place])
    return dQ, dK, dV
