"""dV is divided by the square root of dk too.

Only the scores have been divided. The values are multiplied by the weights alone, so that dV is the
transposed A times dout, whatever dk is. For dk = 64, dV is eight times too small.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream / math.sqrt(keys.shape[-1])
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights * (d_weights - mean) / math.sqrt(keys.shape[-1])
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
