"""write adds first and erases afterwards, so a part of what was added is erased again.

With a weight of 1 and erase of 1, the row should become add, but here it becomes 0. Erase first.
"""


def write(M, w, erase, add):
    memory, weights, erased, added = _as_floats(M, w, erase, add)
    _check_memory(memory)
    _check_shape(weights, len(memory))
    _check_shape(erased, memory.shape[1])
    _check_shape(added, memory.shape[1])
    return (memory + np.outer(weights, added)) * (1 - np.outer(weights, erased))
