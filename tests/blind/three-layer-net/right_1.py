"""Right: every step has a name, and the identity is applied at the end."""

import numpy as np

from ..activations.logistic import sigmoid
from .affine import affine


def identity_function(x):
    x = np.asarray(x)
    if x.dtype.kind != "f":
        return x.astype(np.float64)
    return x.copy()


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
    W1, W2, W3 = network["W1"], network["W2"], network["W3"]
    b1, b2, b3 = network["b1"], network["b2"], network["b3"]
    z1 = affine(x, W1, b1)
    a1 = sigmoid(z1)
    z2 = affine(a1, W2, b2)
    a2 = sigmoid(z2)
    z3 = affine(a2, W3, b3)
    return identity_function(z3)
