"""content_weights divides by the lengths of the rows only, and not by that of the key.

A key that is five times as long then acts like a beta that is five times as large. Only beta should decide
how sharp the weights are. Divide by the length of the key, too.
"""


def content_weights(M, key, beta):
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    if not beta >= 0:
        raise ValueError("beta")
    return softmax(beta * (_with_length_1(memory) @ wanted))
