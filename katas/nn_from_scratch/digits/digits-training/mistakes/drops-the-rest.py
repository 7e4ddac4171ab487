"""minibatches leaves out the numbers that do not fill a whole batch.

1438 numbers are 44 batches of 32 and 30 more: these 30 belong in a last, shorter batch. Of 5
numbers in batches of 8, none would be left. Continue until all n numbers are used.
"""

base = "variants/share-apart"


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch needs at least one sample, got batch_size = {batch_size}")
    order = rng.permutation(n)
    for start in range(0, n - batch_size + 1, batch_size):
        yield order[start : start + batch_size]
