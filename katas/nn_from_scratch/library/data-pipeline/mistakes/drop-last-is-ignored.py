"""drop_last has no effect.

With drop_last, a last batch with fewer samples is left out: 5 samples in batches of 2 give 2 batches.
"""

def iterate_minibatches(
    X, y, batch_size, rng=None, drop_last=False
):
    samples, labels = _paired(X, y)
    n = len(samples)
    order = np.arange(n) if rng is None else rng.permutation(n)
    for part in batches(n, batch_size):
        rows = order[part]
        yield samples[rows], labels[rows]
