"""l2_penalty_grads returns -lam W.

A step against this gradient makes every weight larger. A weight above 0 has a slope above 0: the
penalty grows with it. The minus sign belongs in the step, not in the gradient.
"""

base = "variants/norms"


def l2_penalty_grads(weights, lam):
    weights = _matrices(weights, lam)
    return [W * W.dtype.type(-lam) for W in weights]
