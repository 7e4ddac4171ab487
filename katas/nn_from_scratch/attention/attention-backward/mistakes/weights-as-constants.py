"""The gradient of the scores is A · dA, as if the weights of a row did not share a sum.

If all values rise by 100, the output rises by 100 whatever the scores are, so nothing should
reach the scores; here 100 times each weight does. From dA, subtract its mean over the row,
weighted by A.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights * d_weights / math.sqrt(keys.shape[-1])
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
