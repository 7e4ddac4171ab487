"""The entries of softmax_jacobian off the diagonal are p_i p_j, without the minus sign.

When one logit grows, the other probabilities shrink, so these derivatives are negative. Each row of
the Jacobian adds up to 0; here the first row of the example adds up to 0.375.
"""


def softmax_jacobian(p):
    probabilities = _floats(p)
    if probabilities.ndim != 1:
        raise ValueError("p must be (C,)")
    others = np.outer(probabilities, probabilities)
    np.fill_diagonal(others, 0.0)
    return np.diag(probabilities * (1 - probabilities)) + others
