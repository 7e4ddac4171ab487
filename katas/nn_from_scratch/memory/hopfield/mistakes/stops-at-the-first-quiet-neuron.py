"""recall ends as soon as one neuron does not change.

The neurons after it in the order are then never updated. Finish the sweep, and end only if no
neuron has changed in the whole sweep.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    for _ in range(max_sweeps):
        for i in rng.permutation(len(state)):
            field = weights[i] @ state
            sign = 1 if field > 0 else -1
            if field == 0 or state[i] == sign:
                return state
            state[i] = sign
    return state
