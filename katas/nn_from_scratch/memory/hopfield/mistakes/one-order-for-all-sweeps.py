"""The order is drawn once, and used in every sweep.

Each sweep should draw an order of its own, so that no neuron is always updated before another. Move
the call to rng.permutation into the loop over the sweeps.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    order = rng.permutation(len(state))
    for _ in range(max_sweeps):
        changed = False
        for i in order:
            field = weights[i] @ state
            sign = 1 if field > 0 else -1
            if field != 0 and state[i] != sign:
                state[i] = sign
                changed = True
        if not changed:
            break
    return state
