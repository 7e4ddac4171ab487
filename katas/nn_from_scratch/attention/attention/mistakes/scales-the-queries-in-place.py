"""Q is divided by sqrt(dk) in place, with /=.

The caller's queries change: a second call with the same arrays divides once more, and gives a
different result. Divide the scores, or a copy.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    if np.asarray(Q).dtype.kind == "f":
        queries = np.asarray(Q)
    queries /= math.sqrt(keys.shape[-1])
    scores = queries @ np.swapaxes(keys, -1, -2)
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
