"""A neuron takes the sign of its field, and the sign of 0 is 0.

A neuron is 1 or -1, never 0. np.sign needs a third case: where the field is 0, the neuron stays as it is.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    for _ in range(max_sweeps):
        changed = False
        for i in rng.permutation(len(state)):
            field = weights[i] @ state
            sign = np.sign(field)
            if state[i] != sign:
                state[i] = sign
                changed = True
        if not changed:
            break
    return state
