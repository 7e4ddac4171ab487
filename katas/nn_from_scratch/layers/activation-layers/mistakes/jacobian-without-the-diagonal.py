"""softmax_jacobian returns -p_i p_j everywhere, even on its diagonal.

The diagonal has a different formula, p_i (1 - p_i): a probability grows with its own logit. Here
its first entry in the example is -0.0625 instead of 0.1875.
"""


def softmax_jacobian(p):
    probabilities = _floats(p)
    if probabilities.ndim != 1:
        raise ValueError("p must be (C,)")
    return -np.outer(probabilities, probabilities)
