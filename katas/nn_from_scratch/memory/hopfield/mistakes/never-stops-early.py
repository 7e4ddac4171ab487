"""recall makes max_sweeps sweeps, even if nothing changes after an earlier one.

The state is right, but the work is wasted, and more numbers than needed are drawn from rng. Remember
whether a neuron has changed in the sweep, and end if none has.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    for _ in range(max_sweeps):
        changed = False
        for i in rng.permutation(len(state)):
            field = weights[i] @ state
            sign = 1 if field > 0 else -1
            if field != 0 and state[i] != sign:
                state[i] = sign
                changed = True
    return state
