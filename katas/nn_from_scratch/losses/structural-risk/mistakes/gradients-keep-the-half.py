"""l2_penalty_grads returns lam W / 2.

The derivative of a square has a factor 2, which cancels the 1/2 of the penalty. In the example this
gives ((0.05, -0.1), (0, 0.15)), half of the right gradient.
"""

base = "variants/norms"


def l2_penalty_grads(weights, lam):
    weights = _matrices(weights, lam)
    return [W * W.dtype.type(lam / 2) for W in weights]
