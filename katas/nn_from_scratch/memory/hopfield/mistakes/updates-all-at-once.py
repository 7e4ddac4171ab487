"""recall computes all fields from the same state, and then changes all neurons together.

Two neurons that want to agree then swap forever: with W = ((0, 1), (1, 0)), (1, -1) becomes (-1,
1), and then (1, -1) again. The energy may rise. Let each neuron use the new values of those updated
before it.
"""


def recall(W, s, rng, max_sweeps=10):
    weights, given = _check_network(W, s)
    state = given.copy()
    for _ in range(max_sweeps):
        fields = weights @ state
        following = np.where(fields > 0, 1, np.where(fields < 0, -1, state)).astype(state.dtype)
        if np.array_equal(following, state):
            break
        state = following
    return state
