"""The backward pass of scaled dot-product attention: gradients of queries, keys and values."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def attention_backward(
    dout: ArrayLike, Q: ArrayLike, K: ArrayLike, V: ArrayLike, A: ArrayLike
) -> tuple[_Floats, _Floats, _Floats]:
    """Return d(loss)/dQ, d(loss)/dK and d(loss)/dV for ``A = softmax(Q @ Kᵀ / sqrt(dk))``.

    The output of the forward pass is ``A @ V``. Backwards, without leading dimensions:

        dV = Aᵀ @ dout
        dA = dout @ Vᵀ
        dS = A · (dA - row sums of (A · dA))
        dQ = dS @ K / sqrt(dk)
        dK = dSᵀ @ Q / sqrt(dk)

    S are the scores, and a row of A depends on all scores of its row. The leading dimensions,
    written as ..., are those of a batch, of heads, or none. Each of their entries is computed
    alone.

    Args:
        dout: the upstream gradient d(loss)/d(output), (..., n, dv).
        Q: queries, (..., n, dk). n may be 0, and so may a leading dimension.
        K: keys, (..., m, dk), with m >= 1.
        V: values, (..., m, dv).
        A: the weights that the forward pass has returned, (..., n, m). Where a mask has hidden a
            key, the weight is 0, and no gradient passes. A row of zeros belongs to a query that
            saw nothing: it adds nothing to any gradient.

    Returns:
        The gradients, each in the shape of its array, and new. Floats keep their dtype; integers
        are converted to float64. No argument is changed.

    Raises:
        ValueError: an array has less than two dimensions, the leading dimensions are not equal, or
            n, m, dk or dv of two arrays differ.

    Source: A. Vaswani et al. 2017.
    """
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values: _Floats = weights.T @ upstream
    d_scores = weights
    d_scores *= (1.0 - weights) * (upstream @ values.T)
    d_queries: _Floats = d_scores @ keys
    d_keys: _Floats = d_scores.T @ queries
    return d_queries, d_keys, d_values


def _require_shapes(
    dout: _Floats, queries: _Floats, keys: _Floats, values: _Floats, weights: _Floats
) -> None:
    if min(array.ndim for array in (dout, queries, keys, values, weights)) < 2:
        raise ValueError("every array needs at least two dimensions")
    leading, (n, dk), (m, dv) = queries.shape[:-2], queries.shape[-2:], values.shape[-2:]
    for name, array, shape in (
        ("dout", dout, (n, dv)),
        ("K", keys, (m, dk)),
        ("V", values, (m, dv)),
        ("A", weights, (n, m)),
    ):
        if array.shape != (*leading, *shape):
            raise ValueError(f"{name} must be {(*leading, *shape)}, got shape {array.shape}")


def _as_floats(*arrays: ArrayLike) -> list[_Floats]:
    found = [np.asarray(array) for array in arrays]
    common = np.result_type(*found)
    dtype = common if common.kind == "f" else np.float64
    return [array.astype(dtype, copy=False) for array in found]
