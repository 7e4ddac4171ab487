"""The order comes from a generator with a fixed seed, and rng is not used.

Every recall then uses the same orders, and the caller cannot choose the seed. Draw from the rng that is
passed.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    own = np.random.default_rng(0)
    for _ in range(max_sweeps):
        changed = False
        for i in own.permutation(len(state)):
            field = weights[i] @ state
            sign = 1 if field > 0 else -1
            if field != 0 and state[i] != sign:
                state[i] = sign
                changed = True
        if not changed:
            break
    return state
