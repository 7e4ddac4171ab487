"""content_weights does not use beta.

Cosines are at most 1 and at least -1. Without beta, the most similar row gets at most e² = 7.4 times the
weight of the least similar one, and no row can be picked out.
"""


def content_weights(M, key, beta):
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    if not beta >= 0:
        raise ValueError("beta")
    return softmax(_with_length_1(memory) @ _with_length_1(wanted))
