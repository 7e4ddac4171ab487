"""hebbian multiplies in the type of the patterns.

float32 patterns then give float32 weights. In int8, the largest number is 127: a sum of 128 products of 1
becomes -128, and a positive weight turns negative. Convert to float64 first.
"""


def hebbian(patterns):
    rows = _check_signs(patterns, 2)
    weights = rows.T @ rows / rows.shape[1]
    np.fill_diagonal(weights, 0.0)
    return weights
