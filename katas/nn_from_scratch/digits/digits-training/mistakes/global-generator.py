"""minibatches draws from numpy's global generator instead of rng.

Two runs with the same seed then have different orders, so a result cannot be repeated. Every random
number of a run must come from rng. Use a method of rng, such as rng.permutation.
"""

base = "variants/share-apart"


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch needs at least one sample, got batch_size = {batch_size}")
    order = np.random.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]
