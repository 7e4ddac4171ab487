"""Both functions shuffle with Python's module random, which they seed from rng.

The order can be repeated, but whoever uses random elsewhere in the program gets other numbers than before:
the seed that they chose is gone. Draw the order with rng.permutation.
"""

import random


def _draw(count, test_size, rng):
    random.seed(int(rng.integers(2**31)))
    order = list(range(count))
    random.shuffle(order)
    return np.array(order[: round(test_size * count)], dtype=int)


def iterate_minibatches(
    X, y, batch_size, rng=None, drop_last=False
):
    samples, labels = _paired(X, y)
    order = list(range(len(samples)))
    if rng is not None:
        random.seed(int(rng.integers(2**31)))
        random.shuffle(order)
    order = np.array(order, dtype=int)
    for part in batches(len(samples), batch_size):
        rows = order[part]
        if drop_last and len(rows) < batch_size:
            return
        yield samples[rows], labels[rows]
