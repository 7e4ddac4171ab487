"""sample begins again with all units 0 for every sample.

One sweep is not enough to forget that beginning. Let the walk go on from the state before.
"""


def sample(W, b, n_samples, burn_in, rng):
    _, biases = _check_machine(W, b)
    states = np.zeros((n_samples, len(biases)), np.int64)
    for row in range(n_samples):
        state = np.zeros(len(biases), np.int64)
        for _ in range(burn_in + 1):
            state = gibbs_sweep(state, W, b, rng)
        states[row] = state
    return states
