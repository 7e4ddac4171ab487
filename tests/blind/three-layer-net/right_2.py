"""Right: a private function for a hidden layer, and the arrays are built in a loop."""

import numpy as np

from ..activations.logistic import sigmoid
from .affine import affine


def identity_function(x):
    values = np.array(x)
    return values if np.issubdtype(values.dtype, np.floating) else values.astype(float)


def init_network():
    rows = {
        "W1": [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]],
        "W2": [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]],
        "W3": [[0.1, 0.3], [0.2, 0.4]],
        "b1": [0.1, 0.2, 0.3],
        "b2": [0.1, 0.2],
        "b3": [0.1, 0.2],
    }
    return {name: np.array(numbers, dtype=np.float64) for name, numbers in rows.items()}


def _hidden(a, W, b):
    return sigmoid(affine(a, W, b))


def forward(network, x):
    first = _hidden(x, network["W1"], network["b1"])
    second = _hidden(first, network["W2"], network["b2"])
    return affine(second, network["W3"], network["b3"])
