"""iterate_minibatches shuffles X and y in place.

The caller's arrays then have a different order, and other arrays that belong to them do not.
Shuffle row numbers.
"""

def iterate_minibatches(
    X, y, batch_size, rng=None, drop_last=False
):
    samples, labels = _paired(X, y)
    n = len(samples)
    order = np.arange(n)
    if rng is not None:
        rows = rng.permutation(n)
        samples[...], labels[...] = samples[rows], labels[rows]
    for part in batches(n, batch_size):
        rows = order[part]
        if drop_last and len(rows) < batch_size:
            return
        yield samples[rows], labels[rows]
