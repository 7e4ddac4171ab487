"""content_weights takes the exponential of beta times the cosine as it is.

The largest float64 is near e^709, so with a beta of 1000 this is inf / inf = nan. Your softmax can do it
without overflow.
"""


def content_weights(M, key, beta):
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    if not beta >= 0:
        raise ValueError("beta")
    powers = np.exp(beta * (_with_length_1(memory) @ _with_length_1(wanted)))
    return powers / powers.sum()
