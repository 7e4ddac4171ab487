"""The version "tanh" has x² instead of x³.

tanh of the inner term must change its sign with x, but x² does not. At x = -2 the result is -0.104
instead of -0.045.
"""


def gelu(x, approximate="none"):
    values = _floats(x)
    if approximate == "none":
        return values * _normal_cdf(values)
    if approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values**2)
        return 0.5 * values * (1.0 + np.tanh(inner))
    if approximate == "sigmoid":
        return swish(values, 1.702)
    raise ValueError(f"approximate: {approximate!r}")
