"""sample begins again with all units 0 for every sample.

Without a burn-in, every sample is then just one sweep away from 00…0. Continue the walk from the
previous state; the burn-in is done once.
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
