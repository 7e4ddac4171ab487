"""Right: the row sums of A · dA are computed as products of output and dout."""

import math

import numpy as np


def t(x):
    return np.moveaxis(x, -1, -2)


def attention_backward(dout, Q, K, V, A):
    dout, Q, K, V, A = map(np.asarray, (dout, Q, K, V, A))
    dtype = np.result_type(dout, Q, K, V, A)
    if dtype.kind in "iub":
        dtype = np.dtype(np.float64)
    try:
        *b, n, dk = Q.shape
        *_, m, dv = V.shape
    except ValueError:
        raise ValueError("Q and V need two axes") from None
    wanted = {"dout": (dout, n, dv), "K": (K, m, dk), "V": (V, m, dv), "A": (A, n, m)}
    for name, (array, rows, columns) in wanted.items():
        if array.shape != (*b, rows, columns):
            raise ValueError(f"{name} has the wrong shape")
    dout, Q, K, V, A = (x.astype(dtype) for x in (dout, Q, K, V, A))
    out = A @ V
    row_sum = (out * dout).sum(axis=-1, keepdims=True)
    scaled = A * (dout @ t(V) - row_sum) / math.sqrt(dk)
    return scaled @ K, t(scaled) @ Q, t(A) @ dout
