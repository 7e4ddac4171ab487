"""The training set or the test set may be empty, and there is no error.

A single sample, or a single group, cannot be divided. The error then shows much later, as a
mean that is nan. Raise a ValueError.
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
    return samples[~is_test], samples[is_test], labels[~is_test], labels[is_test]
