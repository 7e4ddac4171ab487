"""Wrong: outer product the other way round."""

import numpy as np


def forward_all(x, Ws, bs, f, output=None):
    if len(Ws) == 0 or len(Ws) != len(bs):
        raise ValueError("need the same number (> 0) of weights and biases")
    a = to_float(x)
    if a.ndim != 1:
        raise ValueError("x must be 1-D")
    output = output or f
    zs = []
    as_ = [a.copy()]
    for l in range(len(Ws)):
        W = to_float(Ws[l])
        b = to_float(bs[l])
        if W.ndim != 2 or b.ndim != 1:
            raise ValueError("W must be 2-D and b must be 1-D")
        if W.shape[0] != b.shape[0] or W.shape[1] != as_[-1].shape[0]:
            raise ValueError("shapes of W, a and b do not match")
        z = np.dot(W, as_[-1]) + b
        act = output if l == len(Ws) - 1 else f
        zs.append(z)
        as_.append(act(z))
    return zs, as_


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    L = len(zs)
    if L == 0 or len(as_) != L + 1 or len(Ws) != L:
        raise ValueError("lengths must be L, L + 1, L")
    delta = to_float(output_delta(zs[-1], as_[-1], y))
    if delta.shape != np.shape(zs[-1]):
        raise ValueError("output_delta has the wrong shape")
    result = [delta.copy()]
    for l in range(L - 2, -1, -1):
        W = to_float(Ws[l + 1])
        z = to_float(zs[l])
        if z.ndim != 1 or W.shape != (delta.shape[0], z.shape[0]):
            raise ValueError("W does not match")
        delta = f_grad(z) * np.dot(W.T, delta)
        result.insert(0, delta)
    return result


def gradients(deltas, as_):
    if len(as_) != len(deltas) + 1:
        raise ValueError("as_ must have one more item than deltas")
    dWs, dbs = [], []
    for d, a in zip(deltas, as_):
        d, a = to_float(d), to_float(a)
        if d.ndim != 1 or a.ndim != 1:
            raise ValueError("1-D arrays only")
        dWs.append(np.outer(a, d))
        dbs.append(d.copy())
    return dWs, dbs


def to_float(v):
    v = np.asarray(v)
    if v.dtype.kind != "f":
        v = v.astype(np.float64)
    return v
