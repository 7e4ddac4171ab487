"""l2_penalty divides by the number of matrices.

With two layers every weight then costs half as much as with one. The penalty is the sum over all
layers: for two copies of the example it is 1.4, but this gives 0.7.
"""

base = "variants/norms"


def l2_penalty(weights, lam):
    weights = _matrices(weights, lam)
    return float(lam / 2 * sum((W**2).sum() for W in weights) / max(len(weights), 1))
