"""Scaled dot-product attention: every query takes a weighted mean of all values.

Each value has a key. The more a key is like the query, the larger is the weight of its value.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    raise NotImplementedError("kata attention: attention is not written yet")
