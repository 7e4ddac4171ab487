"""structural_risk multiplies the empirical risk by 1 - lam.

That is a mean of two numbers. Here the data count fully, and the penalty is added: the example
gives 1.2, but this gives 1.15.
"""

base = "variants/norms"


def structural_risk(empirical, weights, lam):
    return (1 - lam) * empirical + l2_penalty(weights, lam)
