"""The gradients of Q and K lack the division by the square root of dk.

The forward pass has divided the scalar products by it, so each of them counts only 1/√dk. For dk = 64,
dQ and dK are eight times too large, and dV is right. Compare your code with the last two formulas of the
lesson.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights * (d_weights - mean)
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
