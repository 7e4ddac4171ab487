"""sharpen returns the powers, and does not divide by their sum.

(0.8, 0.1, 0.1) becomes (0.64, 0.01, 0.01), which adds up to 0.66. What is read with it is too small, and
after a few steps almost nothing is left. Divide by the sum.
"""


def sharpen(w, gamma):
    (weights,) = _as_floats(w)
    _check_shape(weights, weights.size)
    if not gamma >= 1:
        raise ValueError("gamma")
    return weights**gamma
