"""A neuron whose field is 0 becomes -1.

A field of 0 prefers neither value: both values have the same energy. With weights of 0, every
state should stay as it is. "1 if the field is positive, else -1" forgets this third case.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    for _ in range(max_sweeps):
        changed = False
        for i in rng.permutation(len(state)):
            field = weights[i] @ state
            sign = 1 if field > 0 else -1
            if state[i] != sign:
                state[i] = sign
                changed = True
        if not changed:
            break
    return state
