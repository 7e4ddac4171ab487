"""The scores are not divided by sqrt(dk).

The product of two random vectors has a variance of dk. With dk = 64 and 100 keys, the largest
weight is then 0.78 on average instead of 0.08: the softmax looks at hardly more than one key, and
its gradient nearly disappears.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ np.swapaxes(keys, -1, -2)
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
