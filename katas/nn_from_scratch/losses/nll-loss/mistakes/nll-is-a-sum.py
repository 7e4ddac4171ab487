"""nll_loss adds up the costs of the samples.

Loss and gradients then grow with the batch: two samples with p = 0.7 and p = 0.5 cost 1.050, and their
mean is 0.525. Take the mean over the N samples.
"""

base = "variants/lstsq"


def nll_loss(logp, y):
    logp, y = _rows(logp, y)
    return float(-logp[np.arange(len(y)), y].sum())
