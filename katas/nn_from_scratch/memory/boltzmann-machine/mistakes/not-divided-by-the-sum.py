"""bm_probabilities returns e^-E, and does not divide by Z.

Probabilities add up to 1. In the lesson's machine, these add up to 2.27.
"""


def bm_probabilities(W, b):
    weights, biases = _check_machine(W, b)
    if len(biases) > LARGEST:
        raise ValueError("too many units")
    states = np.array(list(itertools.product((0.0, 1.0), repeat=len(biases))))
    energies = -0.5 * (states @ weights * states).sum(axis=1) - states @ biases
    return np.exp(-energies)
