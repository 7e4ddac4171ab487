"""content_weights divides by the length of the key only, and not by those of the rows.

A row that is twice as long then scores twice as much: for the key (1, 0), the row (4, 4) scores 4, and
(3, 0), which has the same direction as the key, 3. Divide by the length of each row, too.
"""


def content_weights(M, key, beta):
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    if not beta >= 0:
        raise ValueError("beta")
    return softmax(beta * (memory @ _with_length_1(wanted)))
