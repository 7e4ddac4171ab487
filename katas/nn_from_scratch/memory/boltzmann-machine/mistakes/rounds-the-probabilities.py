"""gibbs_sweep sets a unit to 1 if that is more likely than 0, and draws nothing.

The walk then ends in one state and stays there, as in a Hopfield network. A unit with a probability
of 0.6 should be 1 in 60 % of the draws.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    for i in range(len(state)):
        state[i] = weights[i] @ state + biases[i] > 0
    return state
