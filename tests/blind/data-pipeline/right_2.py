"""Split, standardize, minibatches: everything with masks and row numbers."""

import numpy as np

from ..forward.batch import batches


def _pick(n, share, rng):
    """A mask of n entries, a share of which is True."""
    mask = np.zeros(n, dtype=bool)
    mask[: round(share * n)] = True
    rng.shuffle(mask)
    return mask


def train_test_split(X, y, test_size, rng, stratify=False, groups=None):
    X, y = np.asarray(X), np.asarray(y)
    n = len(X)
    if len(y) != n:
        raise ValueError("X and y have different lengths")
    if not 0 < test_size < 1:
        raise ValueError("test_size is a share between 0 and 1")
    if stratify and groups is not None:
        raise ValueError("either stratify or groups")

    if groups is not None:
        names, member = np.unique(np.asarray(groups), return_inverse=True)
        if member.size != n:
            raise ValueError("each sample needs a group")
        mask = _pick(len(names), test_size, rng)[member.ravel()]
    elif stratify:
        mask = np.empty(n, dtype=bool)
        for label in np.unique(y):
            same = y == label
            mask[same] = _pick(np.count_nonzero(same), test_size, rng)
    else:
        mask = _pick(n, test_size, rng)

    if mask.sum() in (0, n):
        raise ValueError("one of the parts would be empty")
    return X[~mask], X[mask], y[~mask], y[mask]


class Standardizer:
    def __init__(self):
        self.mean = self.scale = None

    def fit(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or len(X) == 0:
            raise ValueError(f"need (N, D) with N > 0, not {X.shape}")
        data = X.astype(float)
        self.mean = data.mean(axis=0)
        self.scale = np.sqrt(np.mean(np.square(data - self.mean), axis=0))
        self.scale[data.min(axis=0) == data.max(axis=0)] = 1.0
        return self

    def transform(self, X):
        if self.mean is None:
            raise RuntimeError("call fit first")
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.mean):
            raise ValueError(f"need (M, {len(self.mean)}), not {X.shape}")
        z = (X - self.mean) / self.scale
        return z.astype(X.dtype) if X.dtype.kind == "f" else z


def iterate_minibatches(X, y, batch_size, rng=None, drop_last=False):
    X, y = np.asarray(X), np.asarray(y)
    if len(X) != len(y):
        raise ValueError("X and y have different lengths")
    rows = np.arange(len(X))
    if rng is not None:
        rng.shuffle(rows)
    for part in batches(len(rows), batch_size):
        chosen = rows[part]
        if not drop_last or chosen.size == batch_size:
            yield X[chosen], y[chosen]
