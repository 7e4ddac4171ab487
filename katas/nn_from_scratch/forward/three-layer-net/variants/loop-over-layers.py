"""A loop over the numbers of the layers chooses the activation of each."""

import numpy as np

from ..activations.logistic import sigmoid
from .affine import affine


def identity_function(x):
    x = np.asarray(x)
    return x.copy() if x.dtype.kind == "f" else x.astype(float)


def init_network():
    steps = np.arange(1, 7) / 10
    return {
        "b3": np.array([0.1, 0.2]),
        "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
        "b2": np.array([0.1, 0.2]),
        "W2": steps.reshape(2, 3).T.copy(),
        "b1": np.array([0.1, 0.2, 0.3]),
        "W1": steps.reshape(3, 2).T.copy(),
    }


def forward(network, x):
    for layer, activation in enumerate((sigmoid, sigmoid, identity_function), start=1):
        x = activation(affine(x, network[f"W{layer}"], network[f"b{layer}"]))
    return x
