"""gibbs_sweep takes the sigmoid of minus the energy of the state with the unit at 1.

The energy of the whole state also contains everything that does not depend on this unit. What matters is
the difference from the energy of the state with the unit at 0.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    for i in range(len(state)):
        state[i] = 1
        state[i] = rng.random() < sigmoid(-bm_energy(state, weights, biases))
    return state
