"""structural_risk subtracts the penalty.

Large weights then make the risk smaller: in the example it is -0.2 instead of 1.2. A cost is added.
"""

base = "variants/norms"


def structural_risk(empirical, weights, lam):
    return empirical - l2_penalty(weights, lam)
