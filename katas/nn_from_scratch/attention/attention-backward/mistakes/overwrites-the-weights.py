"""The gradient of the scores is written into A, the caller's array.

d_scores = weights makes no copy, and *= changes the array that both names mean. A second backward pass
with the same A, or a picture of the weights, then gets the gradient of the scores, whose rows add up to 0
instead of 1.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights
    d_products *= (d_weights - mean) / math.sqrt(keys.shape[-1])
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
