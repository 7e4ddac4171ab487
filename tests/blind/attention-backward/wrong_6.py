"""Wrong: axes -1 and -2 are exchanged by transpose(0, 2, 1), so only a batch works."""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def attention_backward(
    dout: ArrayLike, Q: ArrayLike, K: ArrayLike, V: ArrayLike, A: ArrayLike
) -> tuple[_Floats, _Floats, _Floats]:
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    if weights.ndim == 2:
        upstream, queries, keys, values, weights = (
            array[None] for array in (upstream, queries, keys, values, weights)
        )
    d_values: _Floats = weights.transpose(0, 2, 1) @ upstream
    d_weights = upstream @ values.transpose(0, 2, 1)
    d_scores = weights * (d_weights - (weights * d_weights).sum(axis=2, keepdims=True))
    d_scores = d_scores / math.sqrt(queries.shape[-1])
    gradients = d_scores @ keys, d_scores.transpose(0, 2, 1) @ queries, d_values
    return tuple(g[0] if np.ndim(Q) == 2 else g for g in gradients)


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
