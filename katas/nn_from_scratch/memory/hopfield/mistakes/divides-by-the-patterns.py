"""hebbian divides by the number of patterns P instead of the number of neurons N.

The weights of each pattern then become smaller with every pattern that is added, and with no
pattern it is a division by 0. A single pattern of 4 neurons gets weights of 1 instead of 0.25.
"""


def hebbian(patterns):
    rows = _check_signs(patterns, 2).astype(np.float64)
    weights = rows.T @ rows / rows.shape[0]
    np.fill_diagonal(weights, 0.0)
    return weights
