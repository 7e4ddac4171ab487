"""Lists of known length, filled by index; einsum for all products."""

import numpy as np


def forward_all(x, Ws, bs, f, output=None):
    layers = len(Ws)
    if layers < 1 or len(bs) != layers:
        raise ValueError(f"{layers} weights and {len(bs)} biases")
    zs, as_ = [None] * layers, [None] * (layers + 1)
    as_[0] = one_axis(x) + 0
    for n in range(layers):
        W, b = as_floats(Ws[n]), one_axis(bs[n])
        if np.shape(W) != (b.size, as_[n].size):
            raise ValueError(f"W {n} has shape {np.shape(W)}")
        zs[n] = np.einsum("oi,i->o", W, as_[n]) + b
        last = n == layers - 1 and output is not None
        as_[n + 1] = output(zs[n]) if last else f(zs[n])
    return zs, as_


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    layers = len(zs)
    if layers < 1 or len(as_) != layers + 1 or len(Ws) != layers:
        raise ValueError("zs, as_ and Ws do not belong together")
    found = [None] * layers
    for n in reversed(range(layers)):
        z = one_axis(zs[n])
        if n == layers - 1:
            found[n] = as_floats(output_delta(z, one_axis(as_[n + 1]), y)) + 0
            if found[n].shape != z.shape:
                raise ValueError(f"output_delta returned shape {found[n].shape}")
        else:
            W = as_floats(Ws[n + 1])
            if W.shape != (found[n + 1].size, z.size):
                raise ValueError(f"W {n + 1} has shape {W.shape}")
            found[n] = np.einsum("oi,o->i", W, found[n + 1]) * f_grad(z)
    return found


def gradients(deltas, as_):
    layers = len(deltas)
    if len(as_) != layers + 1:
        raise ValueError("as_ does not match")
    dWs, dbs = [None] * layers, [None] * layers
    for n in range(layers):
        dbs[n] = one_axis(deltas[n]) + 0
        dWs[n] = np.einsum("o,i->oi", dbs[n], one_axis(as_[n]))
    return dWs, dbs


def one_axis(values):
    array = as_floats(values)
    if array.ndim != 1:
        raise ValueError(f"one axis was expected, got {array.ndim}")
    return array


def as_floats(values):
    array = np.array(values)
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float64)
