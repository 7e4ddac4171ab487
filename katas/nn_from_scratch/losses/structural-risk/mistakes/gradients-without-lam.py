"""l2_penalty_grads returns the weights themselves, without lam.

Every value of lam then acts like lam = 1, even lam = 0. In the example the gradient is ten times
too large.
"""

base = "variants/norms"


def l2_penalty_grads(weights, lam):
    weights = _matrices(weights, lam)
    return [W.copy() for W in weights]
