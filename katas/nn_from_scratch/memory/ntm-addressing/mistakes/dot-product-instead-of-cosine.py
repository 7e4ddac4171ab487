"""content_weights compares by the scalar product, which grows with the length of a row.

A long row then wins whatever its direction is: for the key (1, 0), the row (10, 10) scores 10 and the row
(1, 0), which is the key itself, only 1. Divide by both lengths.
"""


def content_weights(M, key, beta):
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    if not beta >= 0:
        raise ValueError("beta")
    return softmax(beta * (memory @ wanted))
