"""beta, g and gamma are used without being tested.

A gamma of 0 makes all weights equal, a g of 1.1 makes some of them negative, and with a beta below 0 the
least similar row wins. Raise a ValueError.
"""


def content_weights(M, key, beta):
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    return softmax(beta * (_with_length_1(memory) @ _with_length_1(wanted)))


def interpolate(wc, w_prev, g):
    content, before = _as_floats(wc, w_prev)
    _check_shape(content, content.size)
    _check_shape(before, content.size)
    return g * content + (1 - g) * before


def sharpen(w, gamma):
    (weights,) = _as_floats(w)
    _check_shape(weights, weights.size)
    powers = (weights / weights.max()) ** gamma
    return powers / powers.sum()
