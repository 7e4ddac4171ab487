"""energy has the sign of s @ W @ s.

A stored pattern then has the highest energy instead of the lowest, 1.5 in the example of the
lesson, and every update increases it. A minus sign is missing.
"""


def energy(W, s):
    weights, state = _check_network(W, s)
    return float(0.5 * (state @ weights @ state))
