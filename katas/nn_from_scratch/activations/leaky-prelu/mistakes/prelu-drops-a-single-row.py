"""prelu removes axes of length 1, so that a batch of one sample comes back as (D,).

The next layer expects (N, D) and either fails or takes the D numbers for D samples. N = 1 is a batch like any
other: keep its axis.
"""


def prelu(x, alpha):
    values, slopes = _batch(x, alpha)
    return np.where(values > 0, values, slopes * values).squeeze()
