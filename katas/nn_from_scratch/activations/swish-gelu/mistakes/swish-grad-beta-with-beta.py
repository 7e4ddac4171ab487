"""swish_grad_beta has a factor beta that does not belong there.

The derivative of beta x with respect to beta is x, so the result is x² s (1 - s). With beta = 1
nobody notices the factor; with beta = 2 the result is twice as large as it should be.
"""


def swish_grad_beta(x, beta=1.0):
    values = _floats(x)
    return beta * values * values * sigmoid_grad(beta * values)
