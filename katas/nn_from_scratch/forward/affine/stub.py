"""Apply layers without an activation to whole batches, and replace several of them with one.

An affine map is a matrix product plus a bias. It is the part of a layer before the activation.
"""

from collections.abc import Sequence
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
    raise NotImplementedError("kata affine: affine is not written yet")


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
    raise NotImplementedError("kata affine: collapse_linear is not written yet")


def count_params(sizes: Sequence[int]) -> int:
    """Return how many weights and biases a network of affine layers has.

    Args:
        sizes: the number of inputs, then the number of outputs of each layer: ``[64, 32, 10]``
            is a network with 64 inputs and two layers.
    """
    raise NotImplementedError("kata affine: count_params is not written yet")
