"""A unit is dead if its active share is 0; weights are drawn unit by unit in reverse order."""

import numpy as np

from ..init.schemes import he_normal
from ..layers import activation


def active_share(preact):
    z = np.asarray(preact)
    if len(z.shape) != 2 or z.shape[0] == 0:
        raise ValueError("preact has the wrong shape")
    return np.mean(z > 0, axis=0)


def dead_units(preact):
    return active_share(preact) == 0.0


def dead_report(layers, X):
    inputs = [np.asarray(X)]
    if inputs[0].shape[0] == 0:
        raise ValueError("X is empty")
    for layer in layers:
        inputs.append(layer.forward(inputs[-1], training=False))
    return {
        k: np.mean(dead_units(inputs[k]))
        for k in range(len(layers))
        if isinstance(layers[k], activation.ReLU)
    }


def revive(W, b, dead, rng):
    dead = np.asarray(dead)
    if W.ndim != 2:
        raise ValueError("W must have two axes")
    fan_in, units = W.shape
    if b.shape != (units,) or dead.shape != (units,) or dead.dtype.kind != "b":
        raise ValueError("b and dead must have one entry per unit")
    for unit in reversed(range(units)):
        if dead[unit]:
            W[:, unit] = he_normal(fan_in, 1, rng)[:, 0]
            b[unit] = 0.0
