"""In the second term of gelu_grad, x is missing.

By the product rule the derivative is Φ(x) + x φ(x). Without it, the result is right only at x = 1, where
the missing factor is 1. At 0 it is 0.899 instead of 0.5.
"""


def gelu_grad(x):
    values = _floats(x)
    return _normal_cdf(values) + np.exp(-0.5 * values * values) / math.sqrt(2 * math.pi)
