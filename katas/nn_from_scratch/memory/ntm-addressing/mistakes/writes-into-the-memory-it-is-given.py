"""write changes M in place.

The caller's memory of the previous step is then gone, and a backward pass needs it. Compute a new
memory.
"""


def write(M, w, erase, add):
    memory, weights, erased, added = _as_floats(M, w, erase, add)
    _check_memory(memory)
    _check_shape(weights, len(memory))
    _check_shape(erased, memory.shape[1])
    _check_shape(added, memory.shape[1])
    result = memory * (1 - np.outer(weights, erased)) + np.outer(weights, added)
    if isinstance(M, np.ndarray) and M.dtype == result.dtype:
        M[...] = result
        return M
    return result
