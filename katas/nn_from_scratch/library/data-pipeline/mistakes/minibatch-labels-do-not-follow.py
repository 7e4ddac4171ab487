"""The minibatches take the labels in their original order.

The samples are shuffled and the labels are not, so most samples get the label of another sample.
Index both arrays with the same row numbers.
"""

def iterate_minibatches(
    X, y, batch_size, rng=None, drop_last=False
):
    samples, labels = _paired(X, y)
    n = len(samples)
    order = np.arange(n) if rng is None else rng.permutation(n)
    for part in batches(n, batch_size):
        rows = order[part]
        if drop_last and len(rows) < batch_size:
            return
        yield samples[rows], labels[part]
