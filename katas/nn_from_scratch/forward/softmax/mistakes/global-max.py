"""softmax subtracts one maximum from the whole batch instead of one from each row.

As long as all rows have scores of about the same size, nothing is wrong. A row that is 746 below
the largest score of the batch becomes 0/0 = nan, and at a gap of 744 it is wrong without a warning:
(0.333, 0.667) instead of (0.269, 0.731). Each row needs its own maximum.
"""

base = "variants/by-logsumexp"


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max())
    return e / e.sum(axis=axis, keepdims=True)
