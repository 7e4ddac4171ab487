"""groups is not used: the samples of a group are in both sets.

The test set then contains writers that the network has already seen. On the digits of this course, 97.5 %
of such images are classified correctly, but only 93.7 % of a new writer's.
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
        is_test = np.zeros(len(samples), dtype=bool)
        if len(unique) > 1:
            is_test[_draw(len(samples), test_size, rng)] = True
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
    return samples[~is_test], samples[is_test], labels[~is_test], labels[is_test]
