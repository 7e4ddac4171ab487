"""Wrong: the keys of the report count the ReLU layers."""

import numpy as np

from ..layers.activation import ReLU
from .schemes import he_normal


def active_share(preact):
    z = np.asarray(preact, dtype=np.float64)
    if z.ndim != 2 or z.shape[0] == 0:
        raise ValueError("expected (N, H) with N > 0")
    return np.where(z > 0, 1.0, 0.0).mean(axis=0)


def dead_units(preact):
    z = np.asarray(preact)
    if z.ndim != 2 or z.shape[0] == 0:
        raise ValueError("expected (N, H) with N > 0")
    return ~(z > 0).any(axis=0)


def dead_report(layers, X):
    X = np.asarray(X)
    if X.shape[0] == 0:
        raise ValueError("no samples")
    out = {}
    a = X
    i = 0
    for layer in layers:
        if isinstance(layer, ReLU):
            dead = dead_units(a)
            out[i] = dead.sum() / dead.size
            i += 1
        a = layer.forward(a, training=False)
    return out


def revive(W, b, dead, rng):
    dead = np.asarray(dead)
    if dead.dtype != np.bool_:
        raise ValueError("dead must be a bool array")
    if W.ndim != 2 or b.ndim != 1 or dead.ndim != 1:
        raise ValueError("wrong number of axes")
    n_in, n_units = W.shape
    if b.shape[0] != n_units or dead.shape[0] != n_units:
        raise ValueError("wrong number of units")
    for j in range(n_units):
        if dead[j]:
            W[:, j] = he_normal(n_in, 1, rng).ravel()
            b[j] = 0.0
