"""gibbs_sweep computes the probabilities of all units from the old state.

Then two units that want to be equal do not see each other's new value. In the machine of the
lesson, all four states come up equally often, although 00 and 11 should make up 88 %. Compute each
probability from the current state.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases))
    on = rng.random(len(state)) < sigmoid(weights @ state + biases)
    return on.astype(state.dtype)
