"""dK is computed as dS @ Q, without exchanging the axes of dS.

dS is (n, m) with a row for each query, and dK needs a row for each key, (m, dk). For n = m there is no
error, and each key gets the gradient that belongs to another one.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    _require_shapes(upstream, queries, keys, values, weights)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights * (d_weights - mean) / math.sqrt(keys.shape[-1])
    d_queries = d_products @ keys
    d_keys = d_products @ queries
    return (d_queries, d_keys, d_values)
