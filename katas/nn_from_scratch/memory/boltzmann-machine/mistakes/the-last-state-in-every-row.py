"""sample returns the last state of the walk in every row.

A list that contains the same array many times shows its last content many times. Store a copy of each
state.
"""


def sample(W, b, n_samples, burn_in, rng):
    _, biases = _check_machine(W, b)
    state = np.zeros(len(biases), np.int64)
    for _ in range(burn_in + n_samples):
        state = gibbs_sweep(state, W, b, rng)
    return np.tile(state, (n_samples, 1))
