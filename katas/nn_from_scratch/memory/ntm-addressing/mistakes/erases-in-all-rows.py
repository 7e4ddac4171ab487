"""write erases by the share erase in every row, without using the weights.

A row with a weight of 0 should stay as it is, but here an erase of 1 makes the whole memory 0. The
fraction that is erased is w times erase.
"""


def write(M, w, erase, add):
    memory, weights, erased, added = _as_floats(M, w, erase, add)
    _check_memory(memory)
    _check_shape(weights, len(memory))
    _check_shape(erased, memory.shape[1])
    _check_shape(added, memory.shape[1])
    return memory * (1 - erased) + np.outer(weights, added)
