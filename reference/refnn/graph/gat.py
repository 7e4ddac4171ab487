"""Graph attention: each node computes for itself how much each of its neighbours matters."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations.leaky import leaky_relu, leaky_relu_grad
from ..forward.softmax import softmax

_Floats = NDArray[np.floating[Any]]


def gat_layer(
    H: ArrayLike,
    A: ArrayLike,
    W: ArrayLike,
    a_self: ArrayLike,
    a_other: ArrayLike,
    slope: float = 0.2,
) -> tuple[_Floats, _Floats]:
    """Return what each node takes from its neighbours, and the weights that it uses.

    With ``P = H @ W``, node i gives node j the score ``leaky_relu(P_i · a_self + P_j · a_other)``.
    It looks at itself and at all j with ``A[i, j] != 0``. The weights of node i are the softmax of
    these scores; they add up to 1, and the weight of every other node is 0.

    Args:
        H: the features, one row per node, (n, I). There is at least one node.
        A: the adjacency matrix, (n, n), which need not be symmetric. Only whether an entry is 0
            matters, and the diagonal is ignored.
        W: weights, (I, O).
        a_self: the weights in the score for the node that looks, (O,).
        a_other: the weights in the score for the node that is looked at, (O,).
        slope: the slope of the leaky ReLU for negative numbers.

    Returns:
        The output ``alpha @ P``, (n, O), and the weights alpha, (n, n), both new arrays. If H, W,
        a_self and a_other are floats of the same dtype, they keep it; integers are converted to
        float64.

    Raises:
        ValueError: a shape does not match.

    No argument is changed. Source: P. Veličković et al. 2018.
    """
    projected, _, alpha = _attend(*_check(H, A, W, a_self, a_other), slope)
    return alpha @ projected, alpha


def gat_backward(
    dout: ArrayLike,
    H: ArrayLike,
    A: ArrayLike,
    W: ArrayLike,
    a_self: ArrayLike,
    a_other: ArrayLike,
    slope: float = 0.2,
) -> tuple[_Floats, _Floats, _Floats, _Floats]:
    """Return the gradients of a loss with respect to H, W, a_self and a_other.

    Args:
        dout: the upstream gradient d(loss)/d(output), (n, O). The weights are not used in the loss.
        H, A, W, a_self, a_other, slope: as for ``gat_layer``.

    Returns:
        New arrays of the shapes (n, I), (I, O), (O,) and (O,).

    Raises:
        ValueError: a shape does not match.

    No argument is changed.
    """
    features, visible, weights, own, other = _check(H, A, W, a_self, a_other)
    upstream = _floats(dout)
    if upstream.shape != (len(features), weights.shape[1]):
        raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
    projected, sums, alpha = _attend(features, visible, weights, own, other, slope)
    d_alpha = upstream @ projected.T
    d_scores = alpha * (d_alpha - (alpha * d_alpha).sum(axis=1, keepdims=True))
    d_sums = d_scores * leaky_relu_grad(sums, slope)
    d_looking, d_seen = d_sums.sum(axis=1), d_sums.sum(axis=0)
    d_projected = alpha.T @ upstream + np.outer(d_looking, own) + np.outer(d_seen, other)
    return (
        d_projected @ weights.T,
        features.T @ d_projected,
        projected.T @ d_looking,
        projected.T @ d_seen,
    )


def _attend(
    features: _Floats,
    visible: NDArray[np.bool_],
    weights: _Floats,
    own: _Floats,
    other: _Floats,
    slope: float,
) -> tuple[_Floats, _Floats, _Floats]:
    """Return H @ W, the sums before the leaky ReLU, and alpha."""
    projected = features @ weights
    sums = (projected @ own)[:, np.newaxis] + projected @ other
    scores = leaky_relu(sums, slope)
    alpha = softmax(np.where(visible, scores, -np.inf), axis=1)
    return projected, sums, alpha


def _check(
    H: ArrayLike, A: ArrayLike, W: ArrayLike, a_self: ArrayLike, a_other: ArrayLike
) -> tuple[_Floats, NDArray[np.bool_], _Floats, _Floats, _Floats]:
    """Return all arguments as arrays, A as what is visible; raise a ValueError if one is wrong."""
    features, weights, own, other = _floats(H), _floats(W), _floats(a_self), _floats(a_other)
    visible = np.asarray(A) != 0
    if (features.ndim, weights.ndim) != (2, 2):
        raise ValueError(f"H must be (n, I) and W (I, O), got {features.shape}, {weights.shape}")
    # numpy raises a ValueError where the last axis of H and the first of W differ.
    if visible.shape != (len(features), len(features)):
        raise ValueError(f"A must be (n, n), got {visible.shape}")
    if (own.shape, other.shape) != (weights.shape[1:],) * 2:
        raise ValueError(f"a_self and a_other must be (O,), got {own.shape} and {other.shape}")
    return features, visible | np.eye(len(features), dtype=bool), weights, own, other


def _floats(values: ArrayLike) -> _Floats:
    array = np.asarray(values)
    return array if np.issubdtype(array.dtype, np.floating) else array.astype(np.float64)
