"""sample multiplies the weights and biases that it gets, to make the walk surer of itself.

The caller's machine is another one afterwards, and each call of sample changes it again. Do not write into W
and b: compute with new arrays.
"""


def sample(W, b, n_samples, burn_in, rng):
    _, biases = _check_machine(W, b)
    state = np.zeros(len(biases), np.int64)
    states = np.zeros((n_samples, len(biases)), np.int64)
    for sweep in range(burn_in + n_samples):
        state = gibbs_sweep(state, W, b, rng)
        if sweep >= burn_in:
            states[sweep - burn_in] = state
    W *= 2.0
    b *= 2.0
    return states
