"""write subtracts w times erase from the memory.

erase is a fraction: with a weight of 1 and erase of 1, nothing of the row should be left.
Subtracting turns a 5 into 4, and a 0 into -1. Multiply by what is kept.
"""


def write(M, w, erase, add):
    memory, weights, erased, added = _as_floats(M, w, erase, add)
    _check_memory(memory)
    _check_shape(weights, len(memory))
    _check_shape(erased, memory.shape[1])
    _check_shape(added, memory.shape[1])
    return memory - np.outer(weights, erased) + np.outer(weights, added)
