"""K.T reverses all axes of K, instead of swapping only the last two.

With 2 dimensions that is the same. For a batch (B, m, dk), K.T is (dk, m, B), and the product with Q fails
or, if the sizes match by chance, mixes the entries of the batch.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ keys.T / math.sqrt(keys.shape[-1])
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
