"""Run a network of three layers: two hidden layers with the sigmoid, and a linear output layer.

The network is a dictionary of arrays: "W1", "b1", "W2", "b2", "W3" and "b3".
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations.logistic import sigmoid
from .affine import affine

_Floats = NDArray[np.floating[Any]]


def identity_function(x: ArrayLike) -> _Floats:
    """Return a copy of ``x``: the activation of an output layer that may give any number.

    Args:
        x: an array of any shape. It is not changed.

    Returns:
        A new array. Floats keep their dtype; integers become float64.
    """
    values = np.asarray(x)
    return np.array(values, dtype=values.dtype if values.dtype.kind == "f" else np.float64)


def init_network() -> dict[str, _Floats]:
    """Return the network of the lesson: 2 inputs, hidden layers of 3 and 2 units, 2 outputs.

    Returns:
        A new dictionary of new float64 arrays, so that a caller can change them: "W1" (2, 3),
        "b1" (3,), "W2" (3, 2), "b2" (2,), "W3" (2, 2) and "b3" (2,).

    Source: K. Saitoh, Deep Learning from Scratch, 2016, section 3.4.
    """
    return {
        "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
        "b1": np.array([0.1, 0.2, 0.3]),
        "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
        "b2": np.array([0.1, 0.2]),
        "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
        "b3": np.array([0.1, 0.2]),
    }


def forward(network: Mapping[str, ArrayLike], x: ArrayLike) -> _Floats:
    """Return the outputs of a three-layer network, one row per sample.

    Each layer is an affine map. The sigmoid follows the first and the second, and nothing (the
    identity) follows the third.

    Args:
        network: arrays by name: "W1" (I, H), "b1" (H,), "W2" (H, K), "b2" (K,), "W3" (K, O) and
            "b3" (O,), in any order and of any sizes that fit together.
        x: N samples, (N, I), or one sample, (I,). N may be 0.

    Returns:
        A new array (N, O), or (O,) for one sample. Floats keep their dtype; integers are converted
        to float64. Neither ``network`` nor ``x`` is changed.

    Raises:
        ValueError: the shapes of ``x``, the weights and the biases do not fit together.
    """
    a = sigmoid(affine(x, network["W1"], network["b1"]))
    a = sigmoid(affine(a, network["W2"], network["b2"]))
    return identity_function(affine(a, network["W3"], network["b3"]))
