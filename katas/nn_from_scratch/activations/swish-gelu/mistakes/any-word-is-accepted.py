"""gelu accepts unknown values of approximate.

Then a typing error such as "TANH" is not noticed, and the wrong function is trained. Raise
ValueError for any value other than the three.
"""


def gelu(x, approximate="none"):
    values = _floats(x)
    if approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values**3)
        return 0.5 * values * (1.0 + np.tanh(inner))
    if approximate == "sigmoid":
        return swish(values, 1.702)
    return values * _normal_cdf(values)
