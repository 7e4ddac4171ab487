"""recall updates the caller's array s in place.

The damaged pattern is then gone, and cannot be compared with the result. Work on a copy.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given
    for _ in range(max_sweeps):
        changed = False
        for i in rng.permutation(len(state)):
            field = weights[i] @ state
            sign = 1 if field > 0 else -1
            if field != 0 and state[i] != sign:
                state[i] = sign
                changed = True
        if not changed:
            break
    return state
