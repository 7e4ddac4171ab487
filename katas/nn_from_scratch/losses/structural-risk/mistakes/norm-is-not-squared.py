"""l2_penalty adds up the norms of the matrices, and not their squares.

Its derivative is W divided by its norm, so it does not match the gradient lam W. In the example the
penalty is 0.187 instead of 0.7.
"""

base = "variants/norms"


def l2_penalty(weights, lam):
    weights = _matrices(weights, lam)
    return float(lam / 2 * sum(np.linalg.norm(W, "fro") for W in weights))
