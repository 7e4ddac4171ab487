"""dQ is divided by the square root of dk, and dK is not.

A score is a product of a query and a key, divided by the square root: the divisor belongs to both
gradients. For dk = 64, dK is eight times too large. Divide the gradient of the scores, once.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights * (d_weights - mean)
    d_queries = d_products @ keys / math.sqrt(keys.shape[-1])
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
