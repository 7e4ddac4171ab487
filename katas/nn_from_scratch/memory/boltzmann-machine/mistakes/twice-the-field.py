"""gibbs_sweep doubles the sum of the weights.

That is right for units of 1 and -1, or for an energy without the half. Here, unit i with a field of
1 should become 1 with a probability of 0.73, and not 0.88.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    for i in range(len(state)):
        state[i] = rng.random() < sigmoid(2 * (weights[i] @ state) + biases[i])
    return state
