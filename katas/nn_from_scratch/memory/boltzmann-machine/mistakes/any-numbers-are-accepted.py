"""A state may contain any numbers.

With 1 and -1, as in a Hopfield network, the same weights give different energies. Raise a ValueError, so that
the caller notices.
"""


def _check_state(s, n):
    state = np.asarray(s)
    if state.shape != (n,):
        raise ValueError("shape")
    return state
