"""minibatches draws each number independently, so some occur twice and others never.

This is drawing with replacement. Of 1438 samples, about 37 % take no part in an epoch. Every number
from 0 to n - 1 must occur exactly once: draw a permutation.
"""

base = "variants/share-apart"


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch needs at least one sample, got batch_size = {batch_size}")
    order = rng.integers(0, n, n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]
