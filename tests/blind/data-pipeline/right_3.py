import math

import numpy as np


def _same_length(*arrays):
    if len({a.shape[:1] for a in arrays}) > 1:
        raise ValueError("the lengths differ")


def _every_nth(n, share):
    """Of 0..n-1 as many numbers as the share says, as evenly as possible.

    Any stretch of m numbers in a row contains share * m of them, rounded up or down.
    """
    steps = [math.floor(i * share + 0.5) for i in range(n + 1)]
    return [i for i in range(n) if steps[i + 1] > steps[i]]


def train_test_split(X, y, test_size, rng, stratify=False, groups=None):
    X = np.asarray(X)
    y = np.asarray(y)
    _same_length(X, y)
    if not (test_size > 0 and test_size < 1):
        raise ValueError("0 < test_size < 1")
    order = rng.permutation(y.shape[0])
    if groups is None:
        if stratify:  # one class behind the other, in random order inside
            order = order[np.argsort(y[order], kind="stable")]
        test = order[_every_nth(len(order), test_size)]
    elif stratify:
        raise ValueError("cannot stratify groups")
    else:
        groups = np.asarray(groups)
        _same_length(X, groups)
        names = np.unique(groups)
        k = min(math.ceil(test_size * len(names)), len(names) - 1)
        test = np.flatnonzero(np.isin(groups, rng.choice(names, size=max(k, 0), replace=False)))
    train = np.setdiff1d(order, test)
    if not len(train) or not len(test):
        raise ValueError("too few samples for two parts")
    return tuple(a.take(rows, axis=0) for a in (X, y) for rows in (train, test))


class Standardizer:
    def __init__(self):
        self._columns = []
        self._ready = False

    def fit(self, X):
        X = self._table(X)
        if X.shape[0] < 1:
            raise ValueError("no samples")
        self._columns = [self._statistics(column) for column in X.T]
        self._ready = True
        return self

    def transform(self, X):
        if not self._ready:
            raise RuntimeError("not fitted")
        X = self._table(X)
        if X.shape[1] != len(self._columns):
            raise ValueError("other columns than in fit")
        result = np.empty_like(X)
        for j, (center, width) in enumerate(self._columns):
            result[:, j] = (X[:, j] - center) / width
        return result

    @staticmethod
    def _table(X):
        X = np.asarray(X)
        if X.ndim != 2:
            raise ValueError("X must be a table")
        return X if np.issubdtype(X.dtype, np.floating) else X.astype(np.float64)

    @staticmethod
    def _statistics(column):
        column = column.astype(np.float64)
        if np.all(column == column[0]):
            return column[0], 1.0
        return column.mean(), column.std()


def iterate_minibatches(X, y, batch_size, rng=None, drop_last=False):
    X = np.asarray(X)
    y = np.asarray(y)
    _same_length(X, y)
    if batch_size < 1:
        raise ValueError("batch_size is at least 1")
    n = X.shape[0]
    order = list(range(n)) if rng is None else rng.permutation(n).tolist()
    while len(order) >= batch_size or (order and not drop_last):
        head, order = order[:batch_size], order[batch_size:]
        yield X[head], y[head]
