"""Right: one big validation first, then short loops."""

import numpy as np


def forward_all(x, Ws, bs, f, output=None):
    check(len(Ws) == len(bs) > 0, "as many weights as biases")
    Ws, bs = list(map(to_float, Ws)), list(map(to_float, bs))
    sizes = [np.shape(x)] + [b.shape for b in bs]
    check(all(len(s) == 1 for s in sizes), "x and b have one axis")
    for W, before, after in zip(Ws, sizes, sizes[1:]):
        check(W.shape == after + before, "W is (M_l, M_l-1)")
    if output is None:
        output = f
    zs, as_ = [], [np.array(to_float(x))]
    while len(zs) < len(Ws):
        n = len(zs)
        zs.append((Ws[n] * as_[-1]).sum(axis=1) + bs[n])
        as_.append(output(zs[-1]) if n + 1 == len(Ws) else f(zs[-1]))
    return zs, as_


def check(fine, message):
    if not fine:
        raise ValueError(message)


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    check(len(zs) > 0, "no layers")
    check(len(as_) == len(zs) + 1 and len(Ws) == len(zs), "lengths")
    zs, Ws = list(map(to_float, zs)), list(map(to_float, Ws))
    check(all(z.ndim == 1 for z in zs), "z has one axis")
    for n in range(1, len(zs)):
        check(Ws[n].shape == zs[n].shape + zs[n - 1].shape, "W is (M_l, M_l-1)")
    out = [None] * len(zs)
    out[-1] = np.array(to_float(output_delta(zs[-1], to_float(as_[-1]), y)))
    check(out[-1].shape == zs[-1].shape, "output_delta")
    for n in range(len(zs) - 1)[::-1]:
        out[n] = f_grad(zs[n]) * Ws[n + 1].transpose().dot(out[n + 1])
    return out


def gradients(deltas, as_):
    if len(as_) != len(deltas) + 1:
        raise ValueError("as_ must have one more item than deltas")
    dWs, dbs = [], []
    for d, a in zip(deltas, as_):
        d, a = to_float(d), to_float(a)
        if d.ndim != 1 or a.ndim != 1:
            raise ValueError("1-D arrays only")
        dWs.append(np.outer(d, a))
        dbs.append(d.copy())
    return dWs, dbs


def to_float(v):
    v = np.asarray(v)
    if v.dtype.kind != "f":
        v = v.astype(np.float64)
    return v
