"""The largest pre-activation decides; the report looks at outputs; units are revived one by one."""

import math

import numpy as np

from ..layers.activation import ReLU


def _checked(preact):
    z = np.array(preact, dtype=np.float64)
    if z.ndim != 2:
        raise ValueError("two axes are needed")
    if z.shape[0] < 1:
        raise ValueError("no samples")
    return z


def active_share(preact):
    z = _checked(preact)
    return np.count_nonzero(z > 0, axis=0) / z.shape[0]


def dead_units(preact):
    return _checked(preact).max(axis=0) <= 0


def dead_report(layers, X):
    if np.shape(X)[0] == 0:
        raise ValueError("no samples")
    shares = {}
    values = X
    for number, layer in enumerate(layers):
        values = layer.forward(values)
        if isinstance(layer, ReLU):
            shares[number] = float(np.mean(~(values != 0).any(axis=0)))
    return shares


def revive(W, b, dead, rng):
    dead = np.asarray(dead)
    if W.ndim != 2 or b.ndim != 1 or dead.ndim != 1 or not W.shape[1] == len(b) == len(dead):
        raise ValueError("W, b and dead do not match")
    if dead.dtype != np.bool_:
        raise ValueError("dead must be bools")
    inputs = W.shape[0]
    for unit in np.flatnonzero(dead):
        W[:, unit] = rng.standard_normal(inputs) * math.sqrt(2 / inputs)
        b[unit] = 0
    return W, b
