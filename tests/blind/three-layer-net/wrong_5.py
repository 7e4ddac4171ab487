"""Wrong: the activations are stored in the network, for a later backward pass."""

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
    network["A0"] = x
    for k in (1, 2):
        z = affine(network[f"A{k - 1}"], network[f"W{k}"], network[f"b{k}"])
        network[f"A{k}"] = sigmoid(z)
    return identity_function(affine(network["A2"], network["W3"], network["b3"]))
