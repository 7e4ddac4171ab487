"""The plain mean of each row of dA is subtracted, not the mean weighted by A.

In the example of the lesson that is 15 instead of 11.19. A row of dS then does not add up to 0,
although the weights of the row always add up to 1.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = d_weights.mean(axis=-1, keepdims=True)
    d_products = weights * (d_weights - mean) / math.sqrt(keys.shape[-1])
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
