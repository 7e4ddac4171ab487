"""Right: a dict by the number of the layer, as in the formulas; broadcasting for the outer product."""

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
    if not (L and len(as_) == L + 1 and len(Ws) == L):
        raise ValueError("the lists do not belong to one network")
    z = {l + 1: to_float(zs[l]) for l in range(L)}
    W = {l + 1: to_float(Ws[l]) for l in range(L)}
    delta = {L: np.array(to_float(output_delta(z[L], to_float(as_[L]), y)))}
    if delta[L].shape != z[L].shape:
        raise ValueError("output_delta must give one number per output")
    for l in sorted(z, reverse=True)[1:]:
        if z[l].ndim != 1 or W[l + 1].shape != delta[l + 1].shape + z[l].shape:
            raise ValueError(f"layer {l} does not fit layer {l + 1}")
        delta[l] = f_grad(z[l]) * (delta[l + 1] @ W[l + 1])
    return [delta[l] for l in sorted(delta)]


def gradients(deltas, as_):
    if len(as_) != len(deltas) + 1:
        raise ValueError("as_ must have one more item than deltas")
    dWs, dbs = [], []
    for d, a in zip(deltas, as_):
        d, a = to_float(d), to_float(a)
        if d.ndim != 1 or a.ndim != 1:
            raise ValueError("1-D arrays only")
        dWs.append(d[:, None] * a[None, :])
        dbs.append(d.copy())
    return dWs, dbs


def to_float(v):
    v = np.asarray(v)
    if v.dtype.kind != "f":
        v = v.astype(np.float64)
    return v
