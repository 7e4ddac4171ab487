"""A node at which no message arrives gathers nan for the mean.

It divides 0 by 0 messages. Such a node gathers 0: divide by at least 1.
"""


def _gather(messages, dst, n, how):
    counts = np.bincount(dst, minlength=n)[:, np.newaxis]
    if how == "max":
        largest = np.full((n, messages.shape[1]), -np.inf, dtype=messages.dtype)
        np.maximum.at(largest, dst, messages)
        return np.where(counts, largest, 0.0).astype(messages.dtype)
    total = np.zeros((n, messages.shape[1]), dtype=messages.dtype)
    np.add.at(total, dst, messages)
    if how == "mean":
        with np.errstate(invalid="ignore"):
            total /= counts
    return total
