"""Without rng, the samples are shuffled too, with a generator that the function makes itself.

A result then cannot be reproduced, and predictions do not belong to the rows of X. Without rng,
keep the order.
"""

def iterate_minibatches(
    X, y, batch_size, rng=None, drop_last=False
):
    samples, labels = _paired(X, y)
    n = len(samples)
    order = (np.random.default_rng(0) if rng is None else rng).permutation(n)
    for part in batches(n, batch_size):
        rows = order[part]
        if drop_last and len(rows) < batch_size:
            return
        yield samples[rows], labels[rows]
