"""A unit becomes 1 if the number drawn is larger than the probability.

That happens with a probability of 1 - p. A number from 0 to 1 is *less* than p with
probability p.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    for i in range(len(state)):
        state[i] = rng.random() > sigmoid(weights[i] @ state + biases[i])
    return state
