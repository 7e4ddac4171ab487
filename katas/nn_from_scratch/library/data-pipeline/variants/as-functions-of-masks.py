"""The reference without types, and with the rows of each part sorted by a random key."""

import numpy as np

from ..forward.batch import batches


def train_test_split(X, y, test_size, rng, stratify=False, groups=None):
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
    return samples[~is_test], samples[is_test], labels[~is_test], labels[is_test]


class Standardizer:
    def __init__(self):
        self._mean = None
        self._scale = np.array([])

    def fit(self, X):
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = data.mean(axis=0)
        constant = (data == data[0]).all(axis=0)
        self._scale = np.where(constant, 1.0, data.std(axis=0))
        return self

    def transform(self, X):
        if self._mean is None:
            raise RuntimeError("transform needs a fit before it")
        data = np.asarray(X)
        if data.shape[1:] != self._mean.shape:
            raise ValueError(f"X must be (M, {len(self._mean)}), got shape {data.shape}")
        result = (data - self._mean) / self._scale
        return result.astype(data.dtype) if data.dtype.kind == "f" else result


def iterate_minibatches(X, y, batch_size, rng=None, drop_last=False):
    samples, labels = _paired(X, y)
    n = len(samples)
    order = np.arange(n) if rng is None else rng.permutation(n)
    for part in batches(n, batch_size):
        rows = order[part]
        if drop_last and len(rows) < batch_size:
            return
        yield samples[rows], labels[rows]


def _paired(X, y):
    samples, labels = np.asarray(X), np.asarray(y)
    if labels.shape != samples.shape[:1]:
        raise ValueError(f"X must be (N, ...) and y (N,), got {samples.shape} and {labels.shape}")
    return samples, labels


def _draw(count, share, rng):
    return np.argsort(rng.random(count))[: round(share * count)]
