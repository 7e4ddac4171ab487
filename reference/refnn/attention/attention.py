"""Scaled dot-product attention: every query takes a weighted mean of all values.

Each value has a key. The more a key is like the query, the larger is the weight of its value.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.softmax import softmax

_Floats = NDArray[np.floating[Any]]


def attention(
    Q: ArrayLike, K: ArrayLike, V: ArrayLike, mask: ArrayLike | None = None
) -> tuple[_Floats, _Floats]:
    """Return ``softmax(Q @ Kᵀ / sqrt(dk)) @ V`` and the weights, which are the softmax alone.

    The softmax is taken over the keys, so the weights of each query add up to 1. The leading
    dimensions, written as ..., are those of a batch, of heads, or none. Each of their entries is
    computed alone.

    Args:
        Q: queries, (..., n, dk).
        K: keys, (..., m, dk), with m >= 1.
        V: values, (..., m, dv): one for each key.
        mask: booleans, (n, m) for all entries alike or (..., n, m). Where it is False, the query
            may not see the key: the weight is exactly 0, and the weights of the other keys add up
            to 1, whatever the hidden score is. A query that sees no key gets weights of 0 and an
            output of 0. None hides nothing.

    Returns:
        The outputs, (..., n, dv), and the weights, (..., n, m), both new. Floats keep their dtype;
        integers are converted to float64. No argument is changed.

    Raises:
        ValueError: Q, K or V has less than two dimensions, their leading dimensions are not equal,
            Q and K differ in dk, K and V differ in m, or the mask has a different shape.

    Source: A. Vaswani et al. 2017.
    """
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    # numpy refuses another dk or m. A Python float leaves the dtype of the scores as it is.
    scores = queries @ np.swapaxes(keys, -1, -2) / math.sqrt(keys.shape[-1])
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights


def _masked_softmax(scores: _Floats, mask: ArrayLike) -> _Floats:
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}, got {visible.shape}")
    # A row that contains only -inf has no softmax, so such a row is computed unmasked and set to 0.
    sees_a_key = visible.any(axis=-1, keepdims=True)
    left_out = sees_a_key & ~visible
    weights: _Floats = softmax(np.where(left_out, -np.inf, scores)) * sees_a_key
    return weights


def _as_floats(*arrays: ArrayLike) -> list[_Floats]:
    found = [np.asarray(array) for array in arrays]
    common = np.result_type(*found)
    return [array.astype(common if common.kind == "f" else np.float64) for array in found]
