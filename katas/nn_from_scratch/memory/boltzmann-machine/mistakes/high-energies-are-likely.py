"""bm_probabilities uses e^E, so the states with the highest energy become the most likely.

It should be the other way round: a state of low energy is likely. In the lesson's machine, 01 gets 0.44
instead of 0.06. A minus sign is missing.
"""


def bm_probabilities(W, b):
    weights, biases = _check_machine(W, b)
    if len(biases) > LARGEST:
        raise ValueError("too many units")
    states = np.array(list(itertools.product((0.0, 1.0), repeat=len(biases))))
    energies = -0.5 * (states @ weights * states).sum(axis=1) - states @ biases
    return softmax(energies)
