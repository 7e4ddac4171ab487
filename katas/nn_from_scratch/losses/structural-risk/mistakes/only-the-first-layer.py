"""l2_penalty returns inside the loop, after the first matrix.

All other layers then cost nothing. For two copies of the example the penalty is 1.4, but this gives
0.7. Return after the loop.
"""

base = "variants/norms"


def l2_penalty(weights, lam):
    for W in _matrices(weights, lam):
        return float(lam / 2 * (W**2).sum())
    return 0.0
