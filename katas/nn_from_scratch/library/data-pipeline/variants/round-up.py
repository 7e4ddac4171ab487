"""Test sets are rounded up, and groups are chosen with rng.choice."""

import numpy as np

from ..forward.batch import batches


def _some(things, share, rng):
    count = int(np.ceil(np.round(len(things) * share, 9)))
    return rng.choice(things, count, replace=False)


def train_test_split(X, y, test_size, rng, stratify=False, groups=None):
    X, y = np.asarray(X), np.asarray(y)
    if y.shape != X.shape[:1] or not 0 < test_size < 1 or len(y) < 2:
        raise ValueError("the samples cannot be split")
    rows = np.arange(len(y))
    if groups is not None:
        groups = np.asarray(groups)
        if stratify or groups.shape != y.shape:
            raise ValueError("groups do not match")
        test = rows[np.isin(groups, _some(np.unique(groups), test_size, rng))]
    elif stratify:
        parts = [_some(np.flatnonzero(y == label), test_size, rng) for label in np.unique(y)]
        test = np.concatenate(parts)
    else:
        test = _some(rows, test_size, rng)
    train = np.setdiff1d(rows, test)
    if len(train) == 0 or len(test) == 0:
        raise ValueError("a part is empty")
    return X[train], X[test], y[train], y[test]


class Standardizer:
    def __init__(self):
        self.columns = None

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.size == 0:
            raise ValueError("X must be (N, D)")
        self.columns = [(c.mean(), 1.0 if c.min() == c.max() else c.std()) for c in X.T]
        return self

    def transform(self, X):
        if self.columns is None:
            raise RuntimeError("fit comes first")
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.columns):
            raise ValueError("X must be (M, D)")
        dtype = X.dtype if X.dtype.kind == "f" else np.float64
        out = np.empty(X.shape, dtype)
        for j, (mean, scale) in enumerate(self.columns):
            out[:, j] = (X[:, j] - mean) / scale
        return out


def iterate_minibatches(X, y, batch_size, rng=None, drop_last=False):
    X, y = np.asarray(X), np.asarray(y)
    if y.shape != X.shape[:1]:
        raise ValueError("X and y differ in length")
    if rng is not None:
        keys = rng.random(len(y))
        order = np.argsort(keys)
        X, y = X[order], y[order]
    for part in batches(len(y), batch_size):
        if not drop_last or len(y[part]) == batch_size:
            yield X[part].copy(), y[part].copy()
