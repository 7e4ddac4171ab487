import numpy as np

from ..layers import activation
from . import schemes


def active_share(preact):
    preact = np.asarray(preact)
    if preact.ndim != 2 or not len(preact):
        raise ValueError("preact")
    return np.average(preact > 0, axis=0)


def dead_units(preact):
    preact = np.asarray(preact)
    if preact.ndim != 2 or not len(preact):
        raise ValueError("preact")
    return np.maximum(preact, 0).sum(axis=0) == 0


def dead_report(layers, X):
    if np.shape(X)[0] < 1:
        raise ValueError("X")

    def walk(h):
        for number, layer in enumerate(layers):
            yield number, layer, h
            h = layer.forward(h)

    return {
        number: float(np.mean(dead_units(h)))
        for number, layer, h in walk(X)
        if type(layer) is activation.ReLU
    }


def revive(W, b, dead, rng):
    if np.asarray(dead).dtype.kind != "b" or W.ndim != 2:
        raise ValueError("dead or W")
    inputs, units = W.shape
    if np.shape(b) != (units,) or np.shape(dead) != (units,):
        raise ValueError("b or dead")
    W[...] = np.where(dead, schemes.he_normal(inputs, units, rng), W)
    b *= ~np.asarray(dead)
