"""The numbers come from a generator with a fixed seed, and rng is not used.

Every sweep then uses the same numbers, and the walk does not visit all states. Draw from the rng
that is passed.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    own = np.random.default_rng(0)
    for i in range(len(state)):
        state[i] = own.random() < sigmoid(weights[i] @ state + biases[i])
    return state
