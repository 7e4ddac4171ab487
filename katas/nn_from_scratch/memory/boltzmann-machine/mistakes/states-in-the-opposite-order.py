"""The first unit changes fastest in the order of the states: 00, 10, 01, 11.

The order should be that of binary numbers, in which the first unit is the highest digit: 00, 01, 10, 11.
With (n >> i) & 1, unit 0 becomes the lowest digit.
"""


def bm_probabilities(W, b):
    weights, biases = _check_machine(W, b)
    if len(biases) > LARGEST:
        raise ValueError("too many units")
    states = np.array(list(itertools.product((0.0, 1.0), repeat=len(biases))))[:, ::-1]
    energies = -0.5 * (states @ weights * states).sum(axis=1) - states @ biases
    return softmax(-energies)
