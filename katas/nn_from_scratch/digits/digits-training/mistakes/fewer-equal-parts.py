"""minibatches cuts the numbers into n // batch_size parts, so the rest makes the batches larger.

10 numbers in batches of 4 become 5 and 5 instead of 4, 4 and 2. No batch may be larger than
batch_size: put the rest into one more, shorter batch.
"""

base = "variants/share-apart"


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch needs at least one sample, got batch_size = {batch_size}")
    yield from np.array_split(rng.permutation(n), max(1, n // batch_size))
