""" "mean" gives the sum: it is not divided by the number of messages.

In the example of the lesson, node 2 gathers 21 instead of 10.5.
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
        pass
    return total
