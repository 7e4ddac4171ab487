"""A short last batch is always left out.

With 7 samples in batches of 3, one is never used. That should happen only with drop_last.
"""

def iterate_minibatches(
    X, y, batch_size, rng=None, drop_last=False
):
    samples, labels = _paired(X, y)
    n = len(samples)
    order = np.arange(n) if rng is None else rng.permutation(n)
    for part in batches(n, batch_size):
        rows = order[part]
        if len(rows) < batch_size:
            return
        yield samples[rows], labels[rows]
