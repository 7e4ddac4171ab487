"""Plain loops."""

import math

import numpy as np

from ..layers.activation import ReLU


def _count(preact):
    preact = np.asarray(preact)
    if len(preact.shape) != 2:
        raise ValueError(f"two axes expected, got {preact.shape}")
    if len(preact) == 0:
        raise ValueError("there are no samples")
    counts = [0] * preact.shape[1]
    for row in preact:
        for unit, z in enumerate(row):
            if z > 0:
                counts[unit] += 1
    return counts, len(preact)


def active_share(preact):
    counts, n = _count(preact)
    return np.array([count / n for count in counts])


def dead_units(preact):
    counts, _ = _count(preact)
    return np.array([count == 0 for count in counts])


def dead_report(layers, X):
    if len(X) == 0:
        raise ValueError("X is empty")
    report = {}
    for index in range(len(layers)):
        if not isinstance(layers[index], ReLU):
            continue
        h = X
        for layer in layers[:index]:
            h = layer.forward(h)
        counts, _ = _count(h)
        report[index] = counts.count(0) / len(counts)
    return report


def revive(W, b, dead, rng):
    dead = np.array(dead)
    fits = W.ndim == 2 and b.shape == (W.shape[1],) and dead.shape == (W.shape[1],)
    if not fits or dead.dtype != bool:
        raise ValueError("W, b and dead do not fit")
    indices = np.nonzero(dead)[0]
    fan_in = W.shape[0]
    W[:, indices] = rng.normal(0.0, math.sqrt(2.0 / fan_in), (fan_in, len(indices)))
    b[indices] = 0
