"""Both sets are lists of row numbers, and each set is shuffled."""

import math

import numpy as np


def train_test_split(X, y, test_size, rng, stratify=False, groups=None):
    X, y = np.asarray(X), np.asarray(y)
    if y.ndim != 1 or len(X) != len(y) or test_size <= 0 or test_size >= 1:
        raise ValueError("the samples cannot be split")
    if groups is None:
        piles = [[[row] for row in np.flatnonzero(y == k)] for k in np.unique(y)]
        if not stratify:
            piles = [[[row] for row in range(len(y))]]
    else:
        if stratify or len(groups) != len(y):
            raise ValueError("groups do not match")
        groups = np.asarray(groups)
        piles = [[np.flatnonzero(groups == g) for g in np.unique(groups)]]
    train, test = [], []
    for pile in piles:
        count = math.floor(len(pile) * test_size + 1e-9)
        for place, k in enumerate(rng.permutation(len(pile))):
            (test if place < count else train).extend(pile[k])
    if not train or not test:
        raise ValueError("a part is empty")
    train, test = rng.permutation(train), rng.permutation(test)
    return X[train], X[test], y[train], y[test]


class Standardizer:
    def fit(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[0] < 1:
            raise ValueError("X must be (N, D)")
        X = X.astype(float)
        self.mean = X.sum(axis=0) / len(X)
        self.scale = np.sqrt(((X - self.mean) ** 2).sum(axis=0) / len(X))
        self.scale[np.ptp(X, axis=0) == 0] = 1.0
        return self

    def transform(self, X):
        if not hasattr(self, "mean"):
            raise RuntimeError("fit first")
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.mean):
            raise ValueError("X has a different number of columns")
        out = X.astype(np.float64)
        out -= self.mean
        out /= self.scale
        return out.astype(X.dtype) if np.issubdtype(X.dtype, np.floating) else out


def iterate_minibatches(X, y, batch_size, rng=None, drop_last=False):
    X, y = np.array(X), np.array(y)
    if len(X) != len(y) or batch_size < 1:
        raise ValueError("batches do not match")
    rows = np.arange(len(y))
    if rng is not None:
        rng.shuffle(rows)
    stop = len(y) - len(y) % batch_size if drop_last else len(y)
    return [
        (X[rows[k : k + batch_size]], y[rows[k : k + batch_size]])
        for k in range(0, stop, batch_size)
    ]
