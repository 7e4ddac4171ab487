"""The exact gelu is computed as swish with beta = 1.702.

That is an approximation of GELU, the version "sigmoid". It differs from the exact function by up to
0.0203, at x = ±2.27: gelu(1) is 0.8413, but this gives 0.8458. The exact gate is Φ(x).
"""


def gelu(x, approximate="none"):
    values = _floats(x)
    if approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values**3)
        return 0.5 * values * (1.0 + np.tanh(inner))
    if approximate in ("none", "sigmoid"):
        return swish(values, 1.702)
    raise ValueError(f"approximate: {approximate!r}")
