"""The derivative of softmax is taken as p (1 - p), entry by entry, as that of a sigmoid.

That is only the diagonal of the Jacobian. When one logit grows, all other probabilities of the row
shrink, and these derivatives, -p_i p_j, are missing. In the example of the lesson the gradient is
(0.1875, 0, 0) instead of (0.1875, -0.125, -0.0625).
"""


def softmax_jacobian(p):
    probabilities = _floats(p)
    if probabilities.ndim != 1:
        raise ValueError("p must be (C,)")
    return np.diag(probabilities * (1 - probabilities))


def softmax_vjp(p, dout):
    probabilities = _floats(p)
    upstream = _upstream(dout, probabilities.shape)
    return upstream * probabilities * (1 - probabilities)
