"""The energy has a plus in front of the biases.

A unit with a positive bias wants to be 1, so the energy must fall when it is. In the
lesson's machine, 11 gets an energy of -4 - 4 = -8 instead of 0.
"""


def bm_energy(s, W, b):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).astype(np.float64)
    return float(-0.5 * (state @ weights @ state) + biases @ state)


def bm_probabilities(W, b):
    weights, biases = _check_machine(W, b)
    if len(biases) > LARGEST:
        raise ValueError("too many units")
    states = np.array(list(itertools.product((0.0, 1.0), repeat=len(biases))))
    energies = -0.5 * (states @ weights * states).sum(axis=1) + states @ biases
    return softmax(-energies)
