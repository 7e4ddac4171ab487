"""l2_penalty_grads multiplies the matrices in place, as in W *= lam.

The network loses its weights while its gradients are computed. Make a new array per matrix.
"""

base = "variants/norms"


def l2_penalty_grads(weights, lam):
    gradients = []
    for W in _matrices(weights, lam):
        W *= lam
        gradients.append(W)
    return gradients
