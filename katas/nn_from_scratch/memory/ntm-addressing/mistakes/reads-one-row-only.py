"""read returns the row with the largest weight, as it is.

Then a small change of the weights changes nothing, and no gradient can teach the network where to read. Add
up all rows, each times its weight.
"""


def read(M, w):
    memory, weights = _as_floats(M, w)
    _check_memory(memory)
    _check_shape(weights, len(memory))
    return memory[np.argmax(weights)].copy()
