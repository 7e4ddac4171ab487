"""hebbian adds up the products, and does not divide by N.

The recall is the same, since only signs of fields count. But the energy is N times too large, and it cannot
be compared between networks of different sizes.
"""


def hebbian(patterns):
    rows = _check_signs(patterns, 2).astype(np.float64)
    weights = rows.T @ rows
    np.fill_diagonal(weights, 0.0)
    return weights
