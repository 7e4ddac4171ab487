"""The gradients are float64, even for float32 matrices.

A gradient should have the dtype of its matrix. An update with a different dtype fails in place, or
converts the whole network.
"""

base = "variants/norms"


def l2_penalty_grads(weights, lam):
    weights = _matrices(weights, lam)
    return [W.astype(float) * lam for W in weights]
