"""sharpen computes w ** gamma, and for a large gamma, every power is rounded to 0.

0.5 ** 1000 is 9e-302, and 0.4 ** 1000 is 0 in float64. If all are 0, 0 / 0 is nan. The result does
not change if all weights are first divided by the same number. After a division by the largest
weight, one of the powers is 1.
"""


def sharpen(w, gamma):
    (weights,) = _as_floats(w)
    _check_shape(weights, weights.size)
    if not gamma >= 1:
        raise ValueError("gamma")
    powers = weights**gamma
    return powers / powers.sum()
