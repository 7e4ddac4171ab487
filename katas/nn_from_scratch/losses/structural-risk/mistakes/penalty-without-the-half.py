"""l2_penalty is lam times the sum of the squares, without the factor 1/2.

Its derivative is then 2 lam W, and the gradient here is lam W: a gradient check fails by a factor of 2.
In the example the penalty is 1.4 instead of 0.7.
"""

base = "variants/norms"


def l2_penalty(weights, lam):
    weights = _matrices(weights, lam)
    return float(lam * sum((W**2).sum() for W in weights))
