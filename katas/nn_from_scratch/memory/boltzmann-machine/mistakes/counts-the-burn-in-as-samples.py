"""sample makes n_samples sweeps in total, and leaves out the first burn_in states.

With n_samples = 20 and burn_in = 5, 15 states are returned instead of 20. The burn-in
sweeps come on top of these.
"""


def sample(W, b, n_samples, burn_in, rng):
    _, biases = _check_machine(W, b)
    state = np.zeros(len(biases), np.int64)
    states = [state]
    for _ in range(n_samples):
        states.append(gibbs_sweep(states[-1], W, b, rng))
    return np.array(states[1 + burn_in :], np.int64).reshape(-1, len(biases))
