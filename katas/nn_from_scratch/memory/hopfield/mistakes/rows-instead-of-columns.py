"""hebbian multiplies patterns with patterns: X @ X.T, which is (P, P).

A weight belongs to two neurons, and a neuron is a column of X. For 3 patterns of 7 neurons, W should be
(7, 7).
"""


def hebbian(patterns):
    rows = _check_signs(patterns, 2).astype(np.float64)
    weights = rows @ rows.T / rows.shape[1]
    np.fill_diagonal(weights, 0.0)
    return weights
