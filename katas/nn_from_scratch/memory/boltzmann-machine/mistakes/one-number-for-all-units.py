"""gibbs_sweep draws one number, and compares it with the probabilities of all units.

Then even unconnected units depend on each other: without weights, two units with a bias of 0 would
always be equal. Draw a number for each unit.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    number = rng.random()
    for i in range(len(state)):
        state[i] = number < sigmoid(weights[i] @ state + biases[i])
    return state
