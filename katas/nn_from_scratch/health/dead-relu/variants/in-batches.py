"""Samples are looked at in batches of two, and what has been active is remembered."""

import numpy as np

from ..init.schemes import he_normal
from ..layers.activation import ReLU


def _batches(X):
    for start in range(0, len(X), 2):
        yield X[start : start + 2]


def _check(preact):
    preact = np.asarray(preact)
    if preact.ndim != 2 or not len(preact):
        raise ValueError(f"(N, H) with N > 0 is needed, not {preact.shape}")
    return preact


def active_share(preact):
    preact = _check(preact)
    counts = np.zeros(preact.shape[1])
    for batch in _batches(preact):
        counts += np.sum(batch > 0, axis=0)
    return counts / len(preact)


def dead_units(preact):
    preact = _check(preact)
    alive = np.zeros(preact.shape[1], dtype=bool)
    for batch in _batches(preact):
        alive |= np.any(batch > 0, axis=0)
    return np.logical_not(alive)


def dead_report(layers, X):
    X = np.asarray(X)
    if not len(X):
        raise ValueError("no samples")
    alive = {}
    for h in _batches(X):
        for index, layer in enumerate(layers):
            if isinstance(layer, ReLU):
                alive[index] = alive.get(index, False) | np.any(h > 0, axis=0)
            h = layer.forward(h)
    return {index: 1.0 - np.count_nonzero(units) / len(units) for index, units in alive.items()}


def revive(W, b, dead, rng):
    dead = np.asarray(dead)
    if dead.dtype != bool:
        raise ValueError("dead must contain True and False")
    if W.ndim != 2 or dead.shape != (W.shape[1],) or b.shape != (W.shape[1],):
        raise ValueError("shapes")
    new = he_normal(*W.shape, rng)
    np.copyto(W, new, where=dead)
    np.copyto(b, 0.0, where=dead)
