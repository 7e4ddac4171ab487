"""recall makes one sweep, whatever max_sweeps is.

A neuron that was visited early may want to change again, since others have changed after it. Repeat the
sweep until nothing changes, at most max_sweeps times.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    for _ in range(min(max_sweeps, 1)):
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
