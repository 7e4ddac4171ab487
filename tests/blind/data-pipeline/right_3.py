"""Right: rounds down, and standardizes column by column."""

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
        chosen = names[: int(test_size * len(names) + 1e-9)]
        mask = np.isin(groups, chosen)
    else:
        mask = np.zeros(n, dtype=bool)
        for rows in [np.flatnonzero(y == c) for c in np.unique(y)] if stratify else [np.arange(n)]:
            rows = rng.permutation(rows)
            mask[rows[: int(test_size * len(rows) + 1e-9)]] = True
    if mask.sum() in (0, n):
        raise ValueError("one part is empty")
    return X[~mask], X[mask], y[~mask], y[mask]


class Standardizer:
    def fit(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or len(X) < 1:
            raise ValueError("training data must be (N, D)")
        self.columns = []
        for column in X.astype(np.float64).T:
            constant = bool(np.all(column == column[0]))
            self.columns.append((np.mean(column), 1.0 if constant else np.std(column)))
        return self

    def transform(self, X):
        if not hasattr(self, "columns"):
            raise RuntimeError("the Standardizer was not fitted")
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.columns):
            raise ValueError("other columns than in training")
        result = np.zeros(X.shape, X.dtype if X.dtype.kind == "f" else np.float64)
        for j, (mean, std) in enumerate(self.columns):
            result[:, j] = (X[:, j] - mean) / std
        return result


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
