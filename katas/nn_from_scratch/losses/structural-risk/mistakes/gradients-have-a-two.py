"""l2_penalty_grads returns 2 lam W.

The penalty has a factor 1/2, which cancels the 2 of the derivative. In the example this gives ((0.2,
-0.4), (0, 0.6)), twice the right gradient.
"""

base = "variants/norms"


def l2_penalty_grads(weights, lam):
    weights = _matrices(weights, lam)
    return [W * W.dtype.type(2 * lam) for W in weights]
