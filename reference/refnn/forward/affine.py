"""Apply layers without an activation to whole batches, and replace several of them with one.

An affine map is a matrix product plus a bias. It is the part of a layer before the activation.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def affine(x: ArrayLike, W: ArrayLike, b: ArrayLike) -> _Floats:
    """Return ``x @ W + b``, one row per sample.

    Args:
        x: N samples of I numbers, (N, I), or one sample, (I,). N may be 0.
        W: weights (I, O). Column j holds the weights of output j.
        b: biases (O,), one per output.

    Returns:
        A new array (N, O), or (O,) for one sample. Floats keep their dtype; integers are converted
        to float64. No argument is changed.

    Raises:
        ValueError: the last axis of ``x`` is not I, ``W`` is not (I, O), or ``b`` is not (O,).
    """
    samples, weights, biases = _floats(x), _floats(W), _floats(b)
    if weights.ndim != 2 or biases.shape != weights.shape[1:]:
        raise ValueError(f"W must be (I, O) and b (O,), got {weights.shape} and {biases.shape}")
    # numpy raises a ValueError where the last axis of x and the first of W differ.
    outputs: _Floats = samples @ weights + biases
    return outputs


def collapse_linear(layers: Sequence[tuple[ArrayLike, ArrayLike]]) -> tuple[_Floats, _Floats]:
    """Return the one layer (W, b) that computes what all ``layers`` compute, one after another.

    Without an activation between them, the layers are a single affine map.

    Args:
        layers: at least one pair (W, b), the layer that gets the input first. Neither the
            sequence nor its arrays are changed.

    Returns:
        New arrays: W (I, O) and b (O,), where I is the number of inputs of the first layer and O
        the number of outputs of the last. The dtype is as for ``affine``.

    Raises:
        ValueError: there are no layers, a bias does not match its weights, or a layer does not have
            as many inputs as the layer before it has outputs.
    """
    if len(layers) == 0:
        raise ValueError("layers must contain at least one pair (W, b)")
    first = _floats(layers[0][0])
    # Start from the map that changes nothing: W is the identity and b is zero.
    W: _Floats = np.eye(len(first), dtype=first.dtype)
    b: _Floats = np.zeros(len(first), dtype=first.dtype)
    for weights, biases in layers:
        # The biases so far pass through the next layer like any other input.
        b = affine(b, weights, biases)
        W = W @ _floats(weights)
    return W, b


def count_params(sizes: Sequence[int]) -> int:
    """Return how many weights and biases a network of affine layers has.

    Args:
        sizes: the number of inputs, then the number of outputs of each layer: ``[64, 32, 10]``
            is a network with 64 inputs and two layers.
    """
    return sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes))


def _floats(values: ArrayLike) -> _Floats:
    array = np.asarray(values)
    return array if array.dtype.kind == "f" else array.astype(np.float64)
