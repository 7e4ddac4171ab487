"""Rows inside, with transposed weights, and a stack for the way back."""

from collections import deque
from itertools import accumulate, pairwise

import numpy as np


def forward_all(x, Ws, bs, f, output=None):
    if len(Ws) != len(bs):
        raise ValueError("one b per W")
    if len(Ws) == 0:
        raise ValueError("at least one layer")
    row = floats(x)
    vector(row)
    zs, as_ = [], [row.copy()]
    for n, (W, b) in enumerate(zip(Ws, bs, strict=True)):
        weights = floats(W).T
        if weights.shape != as_[-1].shape + floats(b).shape:
            raise ValueError("the shapes do not match")
        zs.append(as_[-1] @ weights + floats(b))
        final = n + 1 == len(Ws)
        as_.append(output(zs[-1]) if final and output else f(zs[-1]))
    return zs, as_


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    if len(zs) < 1 or (len(as_), len(Ws)) != (len(zs) + 1, len(zs)):
        raise ValueError("L, L + 1 and L")
    last = floats(output_delta(vector(floats(zs[-1])), floats(as_[-1]), y)).copy()
    if last.shape != np.shape(zs[-1]):
        raise ValueError("the shape is not (M_L,)")

    def back(delta, layer):
        z, W = vector(floats(layer[0])), floats(layer[1])
        if W.shape != delta.shape + z.shape:
            raise ValueError("W does not match")
        return (delta @ W) * f_grad(z)

    layers = list(zip(zs[:-1], Ws[1:], strict=True))
    stack = deque()
    stack.extendleft(accumulate(reversed(layers), back, initial=last))
    return list(stack)


def gradients(deltas, as_):
    if [None for _ in pairwise(as_)] != [None for _ in deltas] or len(as_) == 0:
        raise ValueError("one delta per step from a to a")
    dWs, dbs = [], []
    for delta, a in zip(deltas, as_[:-1], strict=True):
        dbs.append(np.array(vector(floats(delta))))
        dWs.append(np.multiply.outer(dbs[-1], vector(floats(a))))
    return dWs, dbs


def vector(array):
    if array.ndim != 1:
        raise ValueError("one axis")
    return array


def floats(values):
    values = np.asarray(values)
    return values if values.dtype.kind == "f" else values.astype(np.float64)
