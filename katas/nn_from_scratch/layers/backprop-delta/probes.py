"""Functions that run in the process of the learner's module."""

import numpy as np

from . import delta as module


def run_chain(x, y, Ws: np.ndarray, bs: np.ndarray) -> np.ndarray:
    """Run a chain of layers of one unit; return the gradients of weights and biases.

    The activation changes nothing, and that of the last layer changes the sign.
    """
    weights, biases = list(Ws), list(bs)
    zs, as_ = module.forward_all(x, weights, biases, lambda z: z, lambda z: -z)
    found = module.deltas(y, zs, as_, weights, np.ones_like, lambda _z, a, y: a - y)
    dWs, dbs = module.gradients(found, as_)
    return np.array([[W.item() for W in dWs], [b.item() for b in dbs]])


def halve_bias_gradients(found: list, as_: list) -> tuple[list, list]:
    """Halve the gradients with respect to the biases in place; return them, and the error terms."""
    _, dbs = module.gradients(found, as_)
    for db in dbs:
        db /= 2
    return dbs, found
