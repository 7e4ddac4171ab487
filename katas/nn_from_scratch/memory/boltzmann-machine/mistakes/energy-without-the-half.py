"""The energy does not multiply s @ W @ s by one half.

The product contains the weight of each pair twice. In the machine of the lesson, 11 then has an
energy of -4 instead of 0, and a probability of 0.98 instead of 0.44.
"""


def bm_energy(s, W, b):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).astype(np.float64)
    return float(-(state @ weights @ state) - biases @ state)


def bm_probabilities(W, b):
    weights, biases = _check_machine(W, b)
    if len(biases) > LARGEST:
        raise ValueError("too many units")
    states = np.array(list(itertools.product((0.0, 1.0), repeat=len(biases))))
    energies = -(states @ weights * states).sum(axis=1) - states @ biases
    return softmax(-energies)
