"""The shapes of the five arrays are not compared, and numpy broadcasts those that happen to fit.

A batch of one upstream gradient is then used for every entry, or a row of A for every query, and the
result has the wrong shape or counts something twice. The lesson asks for a ValueError.
"""


def attention_backward(dout, Q, K, V, A):
    upstream, queries, keys, values, weights = _as_floats(dout, Q, K, V, A)
    d_values = _transposed(weights) @ upstream
    d_weights = upstream @ _transposed(values)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_products = weights * (d_weights - mean) / math.sqrt(keys.shape[-1])
    d_queries = d_products @ keys
    d_keys = _transposed(d_products) @ queries
    return (d_queries, d_keys, d_values)
