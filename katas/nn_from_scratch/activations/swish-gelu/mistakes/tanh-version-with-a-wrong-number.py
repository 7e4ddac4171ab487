"""The version "tanh" has the number 0.44715 instead of 0.044715.

A zero after the decimal point is missing, so the term with x³ is ten times too large: at x = 1 the result is
0.910 instead of 0.841.
"""


def gelu(x, approximate="none"):
    values = _floats(x)
    if approximate == "none":
        return values * _normal_cdf(values)
    if approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (values + 0.44715 * values**3)
        return 0.5 * values * (1.0 + np.tanh(inner))
    if approximate == "sigmoid":
        return swish(values, 1.702)
    raise ValueError(f"approximate: {approximate!r}")
