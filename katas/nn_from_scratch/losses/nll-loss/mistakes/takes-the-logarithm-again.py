"""nll_loss takes the logarithm of logp.

Its argument is already the logarithm. Logarithms of probabilities are below 0, and the logarithm of
a number below 0 is nan: -0.357 for a probability of 0.7 has no real logarithm.
"""

base = "variants/lstsq"


def nll_loss(logp, y):
    logp, y = _rows(logp, y)
    with np.errstate(all="ignore"):
        return float(-np.log(logp[np.arange(len(y)), y]).mean())
