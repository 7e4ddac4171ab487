"""The energy contains the weights only, and not the biases.

A bias says which value a unit prefers on its own. Without it, the state 01 of the lesson's machine
has an energy of 0 instead of 2.
"""


def bm_energy(s, W, b):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).astype(np.float64)
    return float(-0.5 * (state @ weights @ state))


def bm_probabilities(W, b):
    weights, biases = _check_machine(W, b)
    if len(biases) > LARGEST:
        raise ValueError("too many units")
    states = np.array(list(itertools.product((0.0, 1.0), repeat=len(biases))))
    return softmax(0.5 * (states @ weights * states).sum(axis=1))
