"""The weights are not compared with their transpose, and the diagonal is not looked at.

If W[0, 1] is not W[1, 0], the two units follow two different energies, and the walk does not reach
the probabilities p = e^-E / Z. Raise a ValueError.
"""


def _check_machine(W, b):
    weights, biases = np.asarray(W, np.float64), np.asarray(b, np.float64)
    if biases.ndim != 1 or weights.shape != (len(biases), len(biases)):
        raise ValueError("shapes")
    return weights, biases
