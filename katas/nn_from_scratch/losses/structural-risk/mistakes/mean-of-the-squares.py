"""l2_penalty divides by the number of entries.

A matrix of 1000 entries would then cost as much as a matrix of one entry, and the gradient would not be
lam W. In the example the penalty is 0.175 instead of 0.7. Add the squares up.
"""

base = "variants/norms"


def l2_penalty(weights, lam):
    weights = _matrices(weights, lam)
    return float(lam / 2 * sum((W**2).mean() for W in weights))
