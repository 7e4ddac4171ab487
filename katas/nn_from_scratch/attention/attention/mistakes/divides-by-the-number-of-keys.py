"""The scores are divided by sqrt(m), the number of keys, instead of sqrt(dk).

The size of a product grows with the number of its terms, and that is dk, the length of a query: the last
axis. In the example of the lesson, 4, 0 and 10 are divided by 1.73 instead of 2.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ np.swapaxes(keys, -1, -2) / math.sqrt(keys.shape[-2])
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
