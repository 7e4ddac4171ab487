"""minibatches cuts the numbers into parts of about equal size instead of batches of batch_size.

np.array_split(order, k) makes k parts whose sizes differ by at most 1: 10 numbers in batches of 4
become 4, 3 and 3 instead of 4, 4 and 2. Cut after each batch_size numbers; only the last batch may
have a different size.
"""

base = "variants/share-apart"


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch needs at least one sample, got batch_size = {batch_size}")
    yield from np.array_split(rng.permutation(n), -(-n // batch_size))
