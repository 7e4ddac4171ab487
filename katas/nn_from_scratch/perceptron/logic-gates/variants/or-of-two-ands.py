"""XOR = OR(x1 and not x2, x2 and not x1); separable is a search over small integer weights."""

import itertools

import numpy as np

from .perceptron import Perceptron


def neuron(w, b):
    made = Perceptron(len(w), np.random.default_rng(0))
    made.weights = np.array(w, dtype=float)
    made.bias = float(b)
    return made


def gate(name):
    w, b = {
        "AND": ([0.5, 0.5], -0.7),
        "OR": ([0.5, 0.5], -0.2),
        "NAND": ([-0.5, -0.5], 0.7),
        "NOR": ([-0.6, -0.6], 0.3),
    }[name]
    return neuron(w, b)


ONLY_FIRST, ONLY_SECOND = neuron([1, -1], -0.5), neuron([-1, 1], -0.5)


def xor(x):
    a, b = ONLY_FIRST.forward(x), ONLY_SECOND.forward(x)
    return gate("OR").forward(np.array([a, b]).T)


def separable(table):
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    for w1, w2, b in itertools.product((-2, -1, 0, 1, 2), (-2, -1, 0, 1, 2), (-3, -1, 1, 3)):
        if all(
            (2 * w1 * x1 + 2 * w2 * x2 + b > 0) == bool(t)
            for (x1, x2), t in zip(corners, table, strict=True)
        ):
            return True
    return False
