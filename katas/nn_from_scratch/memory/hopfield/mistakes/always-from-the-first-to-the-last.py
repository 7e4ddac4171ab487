"""The neurons are updated in the order 0, 1, 2, …, and rng is not used.

The first neurons then decide each time, and recall always reaches the same state from the same
start. Draw the order of each sweep with rng.permutation.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    for _ in range(max_sweeps):
        changed = False
        for i in range(len(state)):
            field = weights[i] @ state
            sign = 1 if field > 0 else -1
            if field != 0 and state[i] != sign:
                state[i] = sign
                changed = True
        if not changed:
            break
    return state
