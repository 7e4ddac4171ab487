"""The batch becomes one axis, and the learner's softmax_vjp goes through the softmax."""

import math

import numpy as np

from ..layers.activation import softmax_vjp


def attention_backward(dout, Q, K, V, A):
    arrays = [np.asarray(array) for array in (dout, Q, K, V, A)]
    if any(array.ndim < 2 for array in arrays):
        raise ValueError("two dimensions or more are needed")
    common = np.result_type(*arrays)
    if common.kind != "f":
        common = np.dtype(np.float64)
    leading = arrays[1].shape[:-2]
    if any(array.shape[:-2] != leading for array in arrays):
        raise ValueError("leading dimensions differ")
    entries = math.prod(leading)
    g, q, k, v, a = (array.astype(common).reshape(entries, *array.shape[-2:]) for array in arrays)
    n, m = a.shape[1:]
    if (g.shape[1], q.shape[1], k.shape[1], v.shape[1]) != (n, n, m, m):
        raise ValueError("the numbers of rows do not match")
    if q.shape[2] != k.shape[2] or g.shape[2] != v.shape[2]:
        raise ValueError("the lengths of the rows do not match")
    d_a = g @ v.transpose(0, 2, 1)
    d_s = softmax_vjp(a.reshape(entries * n, m), d_a.reshape(entries * n, m))
    d_s = d_s.reshape(entries, n, m) / common.type(math.sqrt(q.shape[2]))
    d_q = d_s @ k
    d_k = d_s.transpose(0, 2, 1) @ q
    d_v = a.transpose(0, 2, 1) @ g
    return tuple(
        d.reshape(array.shape) for d, array in zip((d_q, d_k, d_v), arrays[1:4], strict=True)
    )
