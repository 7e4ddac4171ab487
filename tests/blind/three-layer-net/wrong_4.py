"""Wrong: the loop ends before the last layer."""

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
    a = x
    for k in range(1, 3):
        a = sigmoid(affine(a, network[f"W{k}"], network[f"b{k}"]))
    return identity_function(a)
