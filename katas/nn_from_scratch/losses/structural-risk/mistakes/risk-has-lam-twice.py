"""structural_risk multiplies the penalty by lam again.

The penalty already contains lam. In the example the risk is 0.57 instead of 1.2. Add the penalty as it
is.
"""

base = "variants/norms"


def structural_risk(empirical, weights, lam):
    return empirical + lam * l2_penalty(weights, lam)
