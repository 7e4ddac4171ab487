"""Small integers are multiplied in their own dtype.

In int8, the largest number is 127, so 100 · 100 becomes 16 without a warning. Turn integers into float64
before the product.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = (np.asarray(a) for a in (Q, K, V))
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ np.swapaxes(keys, -1, -2)
    queries, keys, values = _as_floats(Q, K, V)
    scores = scores.astype(queries.dtype) / math.sqrt(keys.shape[-1])
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
