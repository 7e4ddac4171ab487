"""The maximum starts at 0.

If all messages at a node are negative, it gathers 0 instead of the largest of them. Start at -inf, and
write 0 only where no message arrives.
"""


def _gather(messages, dst, n, how):
    counts = np.bincount(dst, minlength=n)[:, np.newaxis]
    if how == "max":
        largest = np.full((n, messages.shape[1]), 0.0, dtype=messages.dtype)
        np.maximum.at(largest, dst, messages)
        return np.where(counts, largest, 0.0).astype(messages.dtype)
    total = np.zeros((n, messages.shape[1]), dtype=messages.dtype)
    np.add.at(total, dst, messages)
    if how == "mean":
        total /= np.maximum(counts, 1)
    return total
