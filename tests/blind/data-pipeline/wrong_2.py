"""Wrong: the standard deviation is tested for 0."""

import numpy as np

from ..forward.batch import batches


def train_test_split(X, y, test_size, rng, stratify=False, groups=None):
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim == 0 or y.ndim != 1 or X.shape[0] != y.shape[0]:
        raise ValueError("X and y must have the same length")
    if not 0 < test_size < 1:
        raise ValueError("test_size must be between 0 and 1")
    if stratify and groups is not None:
        raise ValueError("choose stratify or groups")
    n = len(y)
    if groups is not None:
        groups = np.asarray(groups)
        if groups.shape != y.shape:
            raise ValueError("groups must have the length of y")
        names = rng.permutation(np.unique(groups))
        chosen = names[: int(round(test_size * len(names)))]
        mask = np.isin(groups, chosen)
    else:
        mask = np.zeros(n, dtype=bool)
        for rows in [np.flatnonzero(y == c) for c in np.unique(y)] if stratify else [np.arange(n)]:
            rows = rng.permutation(rows)
            mask[rows[: int(round(test_size * len(rows)))]] = True
    if mask.sum() in (0, n):
        raise ValueError("one part is empty")
    return X[~mask], X[mask], y[~mask], y[mask]


class Standardizer:
    def __init__(self):
        self.mean = None
        self.std = None

    def fit(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[0] == 0:
            raise ValueError("X must be (N, D) with N >= 1")
        self.mean = X.mean(axis=0)
        self.std = X.std(axis=0)
        self.std[self.std == 0] = 1.0
        return self

    def transform(self, X):
        if self.mean is None:
            raise RuntimeError("call fit first")
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.mean.shape[0]:
            raise ValueError("X has another number of columns")
        out = (X - self.mean) / self.std
        if X.dtype.kind == "f":
            out = out.astype(X.dtype)
        return out


def iterate_minibatches(X, y, batch_size, rng=None, drop_last=False):
    X, y = np.asarray(X), np.asarray(y)
    if len(X) != len(y):
        raise ValueError("X and y must have the same length")
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    index = np.arange(len(y))
    if rng is not None:
        index = rng.permutation(index)
    for s in batches(len(y), batch_size):
        rows = index[s]
        if len(rows) == batch_size or not drop_last:
            yield X[rows], y[rows]
