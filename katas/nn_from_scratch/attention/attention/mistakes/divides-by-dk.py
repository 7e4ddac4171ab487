"""The scores are divided by dk instead of its square root.

Products of random vectors have a variance of dk, so their standard deviation is sqrt(dk). Divided
by dk = 64, the scores have a standard deviation of 0.125, and all keys get nearly the same weight.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ np.swapaxes(keys, -1, -2) / keys.shape[-1]
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
