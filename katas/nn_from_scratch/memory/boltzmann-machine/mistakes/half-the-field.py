"""gibbs_sweep halves the sum of the weights, as in the energy.

The half in the energy is there because s @ W @ s contains each weight twice. When unit i becomes 1, the
energy falls by W[i] @ s + b[i], without a half.
"""


def gibbs_sweep(s, W, b, rng):
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    for i in range(len(state)):
        state[i] = rng.random() < sigmoid(0.5 * (weights[i] @ state) + biases[i])
    return state
