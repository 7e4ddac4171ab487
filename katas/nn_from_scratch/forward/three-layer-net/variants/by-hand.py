"""Nothing is imported from earlier katas: einsum and a sigmoid through tanh."""

import numpy as np


def identity_function(x):
    x = np.asarray(x)
    return np.positive(x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)) + 0


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
    a = _layer(identity_function(x), network["W1"], network["b1"])
    a = _layer(np.tanh(a / 2) / 2 + np.asarray(0.5, a.dtype), network["W2"], network["b2"])
    return _layer(np.tanh(a / 2) / 2 + np.asarray(0.5, a.dtype), network["W3"], network["b3"])


def _layer(a, W, b):
    W, b = np.asarray(W), np.asarray(b)
    if b.shape != (W.shape[1],) or a.shape[-1] != W.shape[0]:
        raise ValueError("the shapes do not fit together")
    return np.einsum("...i,io->...o", a, W) + b
