"""nll_loss multiplies logp by one-hot rows.

A class of probability 0 has the logarithm -inf, and 0 times inf is nan. So one impossible class of one
sample turns the loss of the whole batch into nan. Choose the entries instead.
"""

base = "variants/lstsq"


def nll_loss(logp, y):
    logp, y = _rows(logp, y)
    with np.errstate(all="ignore"):
        return float(-(np.eye(logp.shape[1])[y] * logp).sum(axis=1).mean())
