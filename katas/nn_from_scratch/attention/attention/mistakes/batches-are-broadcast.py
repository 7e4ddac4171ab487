"""Leading dimensions that differ are broadcast.

One batch of keys is then silently used for all queries, or 2 queries without a batch for every entry. That
is nearly always a mistake by the caller, so compare the leading dimensions and raise a ValueError.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    scores = queries @ np.swapaxes(keys, -1, -2) / math.sqrt(keys.shape[-1])
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
