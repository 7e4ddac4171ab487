"""The mean divides by the number of nodes.

A node with 2 messages in a graph of 10 nodes would gather a fifth of their mean. Divide by the number of
messages that have arrived at this node.
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
        total /= n
    return total
