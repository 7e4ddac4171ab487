"""Wrong: the dictionary is read in its own order."""

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
    arrays = list(network.values())
    a = x
    for k in range(0, 6, 2):
        z = affine(a, arrays[k], arrays[k + 1])
        a = sigmoid(z) if k < 4 else identity_function(z)
    return a
