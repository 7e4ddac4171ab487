"""Wrong: xor is written with Python's ^."""

import numpy as np

from .perceptron import Perceptron


def gate(name):
    w, b = {"AND": (1, -1.5), "OR": (1, -0.5), "NAND": (-1, 1.5), "NOR": (-1, 0.5)}[name]
    p = Perceptron(2)
    p.weights = np.array([w, w], dtype=float)
    p.bias = b
    return p


def xor(x):
    x = np.asarray(x, dtype=np.int64)
    return x[..., 0] ^ x[..., 1]


def separable(table):
    return tuple(table) not in ((0, 1, 1, 0), (1, 0, 0, 1))
