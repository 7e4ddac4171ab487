"""The gradients of Q and K are divided by dk instead of by its square root.

The forward pass has divided by the square root once, and each product of two factors has one such
divisor. For dk = 64, dQ and dK are eight times too small.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights * (d_weights - mean) / keys.shape[-1]
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
