"""energy does not multiply by one half.

The sum over all i and j counts each pair twice. Without the half, the pattern of the lesson's
example has an energy of -3 instead of -1.5, and a change of a neuron seems to lower it by 4 |h|.
"""


def energy(W, s):
    weights, state = _check_network(W, s)
    return float(-1.0 * (state @ weights @ state))
