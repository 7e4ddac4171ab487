"""l2_penalty adds up the entries first and squares the sum.

Large weights of both signs then cancel and cost nothing: 5 and -5 have the sum 0. In the example the
penalty is 0.2 instead of 0.7. Square each entry before you add.
"""

base = "variants/norms"


def l2_penalty(weights, lam):
    weights = _matrices(weights, lam)
    return float(lam / 2 * sum(W.sum() ** 2 for W in weights))
