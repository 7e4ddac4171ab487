"""content_weights divides the cosines by beta instead of multiplying.

Then a larger beta decides less sharply, and a beta of 0 is a division by 0. beta is a strength, not a
temperature.
"""


def content_weights(M, key, beta):
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    if not beta >= 0:
        raise ValueError("beta")
    return softmax(_with_length_1(memory) @ _with_length_1(wanted) / np.float64(beta))
