"""gibbs_sweep draws the units in the caller's array s.

A caller who keeps the states of a walk in a list then has the last state many times. Work on a copy.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases))
    for i in range(len(state)):
        state[i] = rng.random() < sigmoid(weights[i] @ state + biases[i])
    return state
