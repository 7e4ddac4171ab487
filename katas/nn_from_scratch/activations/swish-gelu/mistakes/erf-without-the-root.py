"""Φ(x) is computed with erf(x) instead of erf(x/√2).

erf belongs to a normal distribution with a variance of 1/2, and Φ to one with a variance of 1. At x
= 1 the gate is 0.921 instead of 0.841. Divide x by √2 first.
"""


def _normal_cdf(x):
    return 0.5 * _ERFC(-x).astype(x.dtype)
