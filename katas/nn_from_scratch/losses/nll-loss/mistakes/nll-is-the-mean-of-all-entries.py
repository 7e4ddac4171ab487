"""nll_loss divides by all N times C entries.

Only one class per sample counts, so with three classes the loss is three times too small: 0.119 instead
of 0.357 for p = 0.7. Divide by the number of samples.
"""

base = "variants/lstsq"


def nll_loss(logp, y):
    logp, y = _rows(logp, y)
    return float(-logp[np.arange(len(y)), y].sum() / logp.size)
