"""In the backward pass of the softmax, the sum runs over the queries of each key (axis -2).

Softmax was taken over the keys of each query, so the sum is over the keys as well: one number for each
row. With a single query, the gradient here is A · (dA - A · dA).
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-2, keepdims=True)
    d_products = weights * (d_weights - mean) / math.sqrt(keys.shape[-1])
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
