"""The backward pass of the softmax knows only how a score changes its own weight, A (1 - A).

A score changes every other weight of its row too, because they share a sum of 1. In the example of the
lesson the row of dS is (1.05, 2.10) instead of (-1.05, 1.05): it should always add up to 0.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights * (1.0 - weights) * d_weights / math.sqrt(keys.shape[-1])
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
