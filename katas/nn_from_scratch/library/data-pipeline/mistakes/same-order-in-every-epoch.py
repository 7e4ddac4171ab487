"""Every epoch has the same order.

The generator is made anew in each call, so it begins again. Each batch then contains the same samples
throughout the training. Use the rng that is passed.
"""

def iterate_minibatches(
    X, y, batch_size, rng=None, drop_last=False
):
    samples, labels = _paired(X, y)
    n = len(samples)
    order = np.arange(n) if rng is None else np.random.default_rng(0).permutation(n)
    for part in batches(n, batch_size):
        rows = order[part]
        if drop_last and len(rows) < batch_size:
            return
        yield samples[rows], labels[rows]
