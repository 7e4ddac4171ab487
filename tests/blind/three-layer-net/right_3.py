"""Right: np.dot with its own tests of the shapes."""

import numpy as np

from ..activations.logistic import sigmoid


def identity_function(x):
    x = np.asarray(x)
    dtype = x.dtype if x.dtype in (np.float16, np.float32, np.float64) else np.float64
    return x.astype(dtype, copy=True)


def init_network():
    return {
        "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
        "b1": np.array([0.1, 0.2, 0.3]),
        "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
        "b2": np.array([0.1, 0.2]),
        "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
        "b3": np.array([0.1, 0.2]),
    }


def _affine(a, W, b):
    W, b = identity_function(W), identity_function(b)
    if W.ndim != 2 or b.ndim != 1 or len(b) != W.shape[1]:
        raise ValueError(f"W is {W.shape}, but b is {b.shape}")
    if a.shape[-1] != W.shape[0]:
        raise ValueError(f"{a.shape[-1]} numbers go into a layer with {W.shape[0]} inputs")
    return np.dot(a, W) + b


def forward(network, x):
    a = identity_function(x)
    for k in (1, 2, 3):
        z = _affine(a, network["W%d" % k], network["b%d" % k])
        a = z if k == 3 else sigmoid(z)
    return a
