"""l2_penalty adds up the absolute values of the entries, and not their squares.

That is L1 regularization, whose gradient is the sign of each weight. In the example the penalty is 0.3
instead of 0.7.
"""

base = "variants/norms"


def l2_penalty(weights, lam):
    weights = _matrices(weights, lam)
    return float(lam / 2 * sum(abs(W).sum() for W in weights))
