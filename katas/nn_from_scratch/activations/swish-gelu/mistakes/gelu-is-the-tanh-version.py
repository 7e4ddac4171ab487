"""The exact gelu is computed with the tanh formula.

That is an approximation, the version "tanh". It differs from the exact function by up to 0.000473. The
exact gate is Φ(x), which Python's math module can compute with erf.
"""


def gelu(x, approximate="none"):
    values = _floats(x)
    if approximate in ("none", "tanh"):
        inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values**3)
        return 0.5 * values * (1.0 + np.tanh(inner))
    if approximate == "sigmoid":
        return swish(values, 1.702)
    raise ValueError(f"approximate: {approximate!r}")
