"""gibbs_sweep forgets the bias of the unit.

Without weights, every unit would then be 1 half of the time. A bias of -2 should make that 12 %.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    for i in range(len(state)):
        state[i] = rng.random() < sigmoid(weights[i] @ state)
    return state
