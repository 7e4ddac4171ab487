"""Measure how large signals and gradients are in each layer of a deep network.

The networks here have no biases. Layer l computes ``z_l = h_(l-1) @ W_l`` and ``h_l = f(z_l)``,
and the first layer gets the samples: ``h_0 = X``. Everything is computed in float64, and no
argument is changed.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..layers.activation import Activation

_Floats = NDArray[np.floating[Any]]


def layer_stats(
    Ws: Sequence[ArrayLike], act: str, X: ArrayLike, cotangent: ArrayLike
) -> dict[str, _Floats]:
    """Return three numbers per layer: the size of its outputs and of two gradients.

    The gradient with respect to ``z_l`` is ``δ_l = f'(z_l) · ∂L/∂h_l``, entry by entry, where
    ``∂L/∂h_l`` is ``δ_(l+1) @ W_(l+1)ᵀ``, and for the last layer the cotangent.

    Args:
        Ws: the weights of L layers, the first layer first. ``Ws[0]`` is (D_0, D_1), ``Ws[1]`` is
            (D_1, D_2), and so on. There is at least one layer.
        act: the name of f, the same for all layers, as ``Activation`` takes it.
        X: N samples, (N, D_0), with N > 0.
        cotangent: the gradient of the loss with respect to the outputs of the last layer, (N, D_L).

    Returns:
        A dict with three float64 arrays (L,), the first layer first:

        - "act_std": the standard deviation of all entries of ``h_l`` together;
        - "delta_norm": √(Σ δ²) over all entries of ``δ_l``;
        - "dW_norm": √(Σ dW²) over all entries of ``dW_l = h_(l-1)ᵀ @ δ_l``, the gradient with
          respect to ``W_l``.

    Raises:
        ValueError: a shape does not match, ``Ws`` or ``X`` is empty, or ``act`` is not known.

    Source: X. Glorot, Y. Bengio 2010, who plot such numbers for every layer.
    """
    weights = _weights(Ws)
    samples = _matrix(X)
    if len(samples) == 0:
        raise ValueError("X must contain at least one sample")
    h, f = _forward(weights, act, samples)
    # backward refuses a gradient that does not have the shape of the outputs.
    gradient: ArrayLike = cotangent
    delta_norm, dW_norm = np.empty(len(weights)), np.empty(len(weights))
    for layer in reversed(range(len(weights))):
        delta = f[layer].backward(gradient)
        delta_norm[layer] = np.linalg.norm(delta)
        dW_norm[layer] = np.linalg.norm(h[layer].T @ delta)
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }


def jacobian_norm(Ws: Sequence[ArrayLike], act: str, x: ArrayLike) -> float:
    """Return by how much the network can at most amplify a small change of the sample ``x``.

    This is the spectral norm, the largest singular value, of the Jacobian ∂h_L/∂h_0 at ``x``. The
    Jacobian is a product with two factors per layer, the weights and the slopes f'(z_l).

    Args:
        Ws, act: as for ``layer_stats``.
        x: one sample, (D_0,).

    Returns:
        The norm, with an error of at most 1 %.

    Raises:
        ValueError: a shape does not match, ``Ws`` is empty, or ``act`` is not known.
    """
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix(np.asarray(x)[np.newaxis]))
    # Row i of `product` is the gradient of output i with respect to the inputs of the layer.
    product = np.eye(weights[-1].shape[1])
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = (product * slopes) @ weights[layer].T
    return float(np.linalg.norm(product, 2))


def _forward(
    weights: list[_Floats], act: str, X: _Floats
) -> tuple[list[_Floats], list[Activation]]:
    """Return h_0, h_1, ..., h_L, and the activations, which store their inputs."""
    h: list[_Floats] = [X]
    f: list[Activation] = []
    for W in weights:
        f.append(Activation(act))
        h.append(f[-1].forward(h[-1] @ W, training=True))
    return h, f


def _weights(Ws: Sequence[ArrayLike]) -> list[_Floats]:
    if not len(Ws):
        raise ValueError("Ws must contain at least one array of weights")
    return [_matrix(W) for W in Ws]


def _matrix(values: ArrayLike) -> _Floats:
    """Return a matrix in float64. numpy rejects a product of matrices that do not match."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"a matrix was expected, got shape {matrix.shape}")
    return matrix
