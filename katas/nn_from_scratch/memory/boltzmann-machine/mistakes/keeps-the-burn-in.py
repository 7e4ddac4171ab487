"""sample does no burn-in: the first n_samples states of the walk are returned.

The first states still depend on the beginning with all units 0. Make burn_in sweeps before the first state
is stored.
"""


def sample(W, b, n_samples, burn_in, rng):
    _, biases = _check_machine(W, b)
    state = np.zeros(len(biases), np.int64)
    states = np.zeros((n_samples, len(biases)), np.int64)
    for row in range(n_samples):
        state = gibbs_sweep(state, W, b, rng)
        states[row] = state
    return states
