"""Columns (M, 1) inside, and matrix products only."""

import numpy as np


def forward_all(x, Ws, bs, f, output=None):
    Ws, bs, a = [real(W) for W in Ws], [real(b) for b in bs], real(x)
    if not Ws or len(Ws) != len(bs):
        raise ValueError("as many W as b, and at least one")
    if a.ndim != 1:
        raise ValueError("x must be (D,)")
    zs, as_ = [], [a.copy()]
    functions = [f] * (len(Ws) - 1) + [f if output is None else output]
    for W, b, function in zip(Ws, bs, functions, strict=True):
        if W.ndim != 2 or b.shape != W.shape[:1] or W.shape[1] != a.size:
            raise ValueError("W must be (M_l, M_l-1) and b (M_l,)")
        z = (W @ a.reshape(-1, 1) + b.reshape(-1, 1))[:, 0]
        a = function(z)
        zs.append(z)
        as_.append(a)
    return zs, as_


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    if not len(zs) == len(Ws) == len(as_) - 1 or not zs:
        raise ValueError("the lists do not match")
    zs, Ws = [real(z) for z in zs], [real(W) for W in Ws]
    for W, z in zip(Ws, zs, strict=True):
        if z.ndim != 1 or W.ndim != 2 or len(W) != len(z):
            raise ValueError("W and z do not match")
    for W, z in zip(Ws[1:], zs, strict=False):
        if W.shape[1] != len(z):
            raise ValueError("W and z do not match")
    last = real(output_delta(zs[-1], real(as_[-1]), y))
    if last.shape != zs[-1].shape:
        raise ValueError("output_delta must return (M_L,)")
    column = last.reshape(-1, 1)
    result = [column]
    for level in range(len(zs) - 2, -1, -1):
        slope = f_grad(zs[level]).reshape(-1, 1)
        column = slope * (Ws[level + 1].T @ column)
        result.insert(0, column)
    return [column[:, 0].copy() for column in result]


def gradients(deltas, as_):
    if len(as_) - len(deltas) != 1:
        raise ValueError("as_ must be one longer")
    columns = [real(delta) for delta in deltas]
    rows = [real(a) for a in as_]
    if any(v.ndim != 1 for v in columns + rows):
        raise ValueError("one axis each")
    dWs = [d.reshape(-1, 1) @ a.reshape(1, -1) for d, a in zip(columns, rows, strict=False)]
    return dWs, [d.copy() for d in columns]


def real(values):
    array = np.asarray(values)
    return array if array.dtype.kind == "f" else array.astype(float)
