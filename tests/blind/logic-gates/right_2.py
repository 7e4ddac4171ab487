"""Right: four NANDs, as on a chip; separable tries random lines."""

import numpy as np

from .perceptron import Perceptron


def gate(name):
    table = dict(AND=[0.6, 0.6, -1.0], OR=[0.6, 0.6, -0.3], NAND=[-0.6, -0.6, 1.0], NOR=[-0.6, -0.6, 0.3])
    numbers = table[name]
    p = Perceptron(2, np.random.default_rng(1))
    p.weights = np.array(numbers[:2])
    p.bias = numbers[2]
    return p


def nand(a, b):
    return gate("NAND").forward(np.stack([a, b], -1))


def xor(x):
    x = np.asarray(x)
    a, b = x[..., 0], x[..., 1]
    c = nand(a, b)
    return nand(nand(a, c), nand(b, c))


def separable(table):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    rng = np.random.default_rng(0)
    w = rng.normal(size=(5000, 2))
    b = rng.normal(size=(5000, 1))
    answers = (w @ X.T + b >= 0).astype(int)
    return bool((answers == np.array(table)).all(axis=1).any())
