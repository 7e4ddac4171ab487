"""bm_probabilities takes the exponential of -E as it is.

For an energy of -1000, e^1000 is inf, and inf / inf is nan. Only differences of energies matter: your
softmax uses this.
"""


def bm_probabilities(W, b):
    weights, biases = _check_machine(W, b)
    if len(biases) > LARGEST:
        raise ValueError("too many units")
    states = np.array(list(itertools.product((0.0, 1.0), repeat=len(biases))))
    energies = -0.5 * (states @ weights * states).sum(axis=1) - states @ biases
    powers = np.exp(-energies)
    return powers / powers.sum()
