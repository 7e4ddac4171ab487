"""The softmax is taken over the queries instead of the keys.

The weights of each query must add up to 1, so the softmax is taken along the last axis, m. Along
the other axis, a single query would give every key a weight of 1, and the output would be a sum of
all values.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ np.swapaxes(keys, -1, -2) / math.sqrt(keys.shape[-1])
    weights = softmax(scores, axis=-2) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
    sees_a_query = visible.any(axis=-2, keepdims=True)
    hidden = np.where(sees_a_query & ~visible, -np.inf, scores)
    return softmax(hidden, axis=-2) * sees_a_query
