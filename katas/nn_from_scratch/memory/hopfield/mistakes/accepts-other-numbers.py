"""Patterns and states with numbers other than 1 and -1 are accepted.

With 0 and 1, a neuron that is 0 in every pattern gets no weights at all, and nothing corrects it later.
Raise a ValueError, so that the caller notices.
"""


def _check_signs(values, axes):
    signs = np.asarray(values)
    if signs.ndim != axes:
        raise ValueError("another number of axes")
    return signs
