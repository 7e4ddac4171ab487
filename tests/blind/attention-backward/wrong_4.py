"""Wrong: the softmax is right, and its result is still written into A; the root is missing."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def attention_backward(
    dout: ArrayLike, Q: ArrayLike, K: ArrayLike, V: ArrayLike, A: ArrayLike
) -> tuple[_Floats, _Floats, _Floats]:
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values: _Floats = np.einsum("...nm,...nv->...mv", weights, upstream)
    d_weights = np.einsum("...nv,...mv->...nm", upstream, values)
    d_weights -= (d_weights * weights).sum(axis=-1, keepdims=True)
    d_scores = weights
    d_scores *= d_weights
    return d_scores @ keys, np.einsum("...nm,...nk->...mk", d_scores, queries), d_values


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
