"""Measure how large signals and gradients are in each layer of a deep network.

The networks here have no biases. Layer l computes ``z_l = h_(l-1) @ W_l`` and ``h_l = f(z_l)``,
and the first layer gets the samples: ``h_0 = X``. Everything is computed in float64, and no
argument is changed.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    raise NotImplementedError("kata gradient-flow: layer_stats is not written yet")


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
    raise NotImplementedError("kata gradient-flow: jacobian_norm is not written yet")
