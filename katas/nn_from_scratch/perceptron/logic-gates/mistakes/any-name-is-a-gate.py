"""gate returns a perceptron for any name.

gate("XOR") gives a perceptron, although no perceptron computes XOR: at least 1 of its 4 answers is
wrong. Raise a ValueError for a name that is not AND, OR, NAND or NOR.
"""

import numpy as np

from .perceptron import Perceptron


def gate(name):
    weight, bias = _GATES.get(name, (1.0, -0.5))
    perceptron = Perceptron(2)
    perceptron.weights = np.array([weight, weight])
    perceptron.bias = bias
    return perceptron
