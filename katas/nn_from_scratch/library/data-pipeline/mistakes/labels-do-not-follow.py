"""The labels are shuffled separately.

Two shuffles are two orders: of 10 labels, about one is then still with its sample. The network is trained on
labels that say nothing. Use one order of row numbers for both arrays.
"""

def train_test_split(
    X, y, test_size, rng, stratify=False, groups=None
):
    samples, labels = _paired(X, y)
    if not 0.0 < test_size < 1.0:
        raise ValueError(f"test_size must be above 0 and below 1, got {test_size}")
    if groups is not None:
        names = np.asarray(groups)
        if stratify or names.shape != (len(samples),):
            raise ValueError("groups must be (N,), and cannot be used with stratify")
        unique = np.unique(names)
        is_test = np.isin(names, unique[_draw(len(unique), test_size, rng)])
    elif stratify:
        is_test = np.zeros(len(samples), dtype=bool)
        for label in np.unique(labels):
            rows = np.flatnonzero(labels == label)
            is_test[rows[_draw(len(rows), test_size, rng)]] = True
    else:
        is_test = np.zeros(len(samples), dtype=bool)
        is_test[_draw(len(samples), test_size, rng)] = True
    if is_test.all() or not is_test.any():
        raise ValueError(f"{len(samples)} samples cannot be divided: a part would be empty")
    labels = labels[rng.permutation(len(labels))]
    return samples[~is_test], samples[is_test], labels[~is_test], labels[is_test]


def iterate_minibatches(
    X, y, batch_size, rng=None, drop_last=False
):
    samples, labels = _paired(X, y)
    n = len(samples)
    order = np.arange(n) if rng is None else rng.permutation(n)
    other = order if rng is None else rng.permutation(n)
    for part in batches(n, batch_size):
        rows = order[part]
        if drop_last and len(rows) < batch_size:
            return
        yield samples[rows], labels[other[part]]
