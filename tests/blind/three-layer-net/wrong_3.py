"""Wrong: the identity is really the identity."""

import numpy as np

from ..activations.logistic import sigmoid
from .affine import affine


def identity_function(x):
    return x


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
    a = sigmoid(affine(x, network["W1"], network["b1"]))
    a = sigmoid(affine(a, network["W2"], network["b2"]))
    return identity_function(affine(a, network["W3"], network["b3"]))
