"""The layers are folded over the samples with functools.reduce."""

from functools import reduce

import numpy as np

from ..activations.logistic import sigmoid
from .affine import affine


def identity_function(x):
    return np.asarray(x) * 1.0


def init_network():
    return {
        "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
        "b1": np.array([0.1, 0.2, 0.3]),
        "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
        "b2": np.array([0.1, 0.2]),
        "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
        "b3": np.array([0.1, 0.2]),
    }


def forward(network, x):
    def layer(a, number):
        z = affine(a, network[f"W{number}"], network[f"b{number}"])
        return sigmoid(z) if number < 3 else z

    return reduce(layer, (1, 2, 3), x)
