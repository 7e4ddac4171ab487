"""Functions that run in the process of the learner's module."""

import random
from itertools import islice

import numpy as np

from . import pipeline as module


def split_facts(
    seed: int, X: np.ndarray, y: np.ndarray, test_size: float, options: dict | None = None
) -> dict:
    """Split samples whose first number is their row, and return what can be seen of the parts."""
    options = options or {}
    parts = module.train_test_split(X, y, test_size, np.random.default_rng(seed), **options)
    X_train, X_test, y_train, y_test = map(np.asarray, parts)
    train, test = _rows(X_train), _rows(X_test)
    rows = [*train, *test]
    return {
        "sizes": [len(X_train), len(X_test), len(y_train), len(y_test)],
        "every sample once": sorted(rows) == list(range(len(X))),
        "samples unchanged": bool(np.array_equal(np.concatenate([X_train, X_test]), X[rows])),
        "labels belong to their samples": bool(
            np.array_equal(np.concatenate([y_train, y_test]), y[rows])
        ),
        "dtypes": [str(part.dtype) for part in (X_train, X_test, y_train, y_test)],
    }


def class_shares(seed: int, X: np.ndarray, y: np.ndarray, test_size: float) -> dict:
    """Split by classes; return per class its number, and whether its share is within one."""
    rng = np.random.default_rng(seed)
    parts = module.train_test_split(X, y, test_size, rng, stratify=True)
    inside = y[_rows(np.asarray(parts[1]))]
    facts = {}
    for kind in np.unique(y):
        size = int((y == kind).sum())
        off = abs(int((inside == kind).sum()) - test_size * size)
        facts[str(kind)] = [size, bool(off < 1.0)]
    return facts


def group_facts(
    seed: int, X: np.ndarray, y: np.ndarray, test_size: float, groups: np.ndarray
) -> dict:
    """Split by groups; count the groups in the test part, and those in both parts."""
    rng = np.random.default_rng(seed)
    parts = module.train_test_split(X, y, test_size, rng, groups=groups)
    train, test = (set(groups[_rows(np.asarray(part))].tolist()) for part in parts[:2])
    return {
        "samples": len(parts[0]) + len(parts[1]),
        "groups in the test part": len(test),
        "in both parts": len(train & test),
    }


def compare_splits(seeds: list[int], n: int) -> list:
    """Return whether each split has the same test rows as the first, and the number of rows."""
    X = np.arange(float(n)).reshape(n, 1)
    found = []
    for seed in seeds:
        parts = module.train_test_split(X, np.arange(n), 0.5, np.random.default_rng(seed))
        found.append([*_rows(np.asarray(parts[0])), -1, *_rows(np.asarray(parts[1]))])
    return [len(found[0]), [rows == found[0] for rows in found]]


def epoch_facts(
    seed: int | None, X: np.ndarray, y: np.ndarray, batch_size: int, drop_last: bool = False
) -> dict:
    """Iterate once, and return what can be seen of the batches."""
    rng = None if seed is None else np.random.default_rng(seed)
    pairs = list(islice(module.iterate_minibatches(X, y, batch_size, rng, drop_last), 1000))
    rows = [row for batch, _ in pairs for row in _rows(np.asarray(batch))]
    labels = [label for _, batch in pairs for label in np.asarray(batch).tolist()]
    return {
        "sizes": [len(batch) for batch, _ in pairs],
        "no sample twice": len(set(rows)) == len(rows),
        "in order": rows == list(range(len(rows))),
        "labels belong to their samples": labels == y[rows].tolist() if rows else not labels,
    }


def epochs(seed: int, n: int, batch_size: int) -> dict:
    """Iterate three times with one generator, and once with a new one of the same seed."""
    X, rng = np.arange(float(n)).reshape(n, 1), np.random.default_rng(seed)

    def order(generator):
        pairs = module.iterate_minibatches(X, np.arange(n), batch_size, generator)
        return [row for batch, _ in pairs for row in _rows(np.asarray(batch))]

    first, second, third = order(rng), order(rng), order(rng)
    return {
        "samples": [len(first), len(second), len(third)],
        "second as first": second == first,
        "third as second": third == second,
        "same seed, same order": order(np.random.default_rng(seed)) == first,
    }


def orders(seed: int, n: int, batch_size: int, count: int) -> list[list[list[int]]]:
    """Return the rows of each batch of several epochs with one generator."""
    X, rng = np.arange(float(n)).reshape(n, 1), np.random.default_rng(seed)
    return [
        [
            _rows(np.asarray(batch))
            for batch, _ in module.iterate_minibatches(X, np.arange(n), batch_size, rng)
        ]
        for _ in range(count)
    ]


def uses_global_generator(seed: int, n: int) -> list:
    """Split and iterate; return n and whether a global generator, numpy's or Python's, was used."""
    X, y = np.arange(float(n)).reshape(n, 1), np.arange(n)
    before, python_before = np.random.get_state()[1:3], random.getstate()
    module.train_test_split(X, y, 0.5, np.random.default_rng(seed))
    seen = sum(len(b) for b, _ in module.iterate_minibatches(X, y, 2, np.random.default_rng(seed)))
    after = np.random.get_state()[1:3]
    unused = np.array_equal(before[0], after[0]) and before[1] == after[1]
    return [seen, not (unused and random.getstate() == python_before)]


def changes(seed: int, X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Use all functions on copies of X and y, and return the copies."""
    X, y = X.copy(), y.copy()
    module.train_test_split(X, y, 0.5, np.random.default_rng(seed))
    list(module.iterate_minibatches(X, y, 2, np.random.default_rng(seed)))
    module.Standardizer().fit(X).transform(X)
    return [X, y]


def _rows(samples: np.ndarray) -> list[int]:
    """Return the first number of each sample, which is its row."""
    if len(samples) == 0:
        return []
    return samples.reshape(len(samples), -1)[:, 0].astype(int).tolist()
