"""minibatches returns no batches for a negative batch size instead of raising an error.

range(0, n, -2) is empty, so all 60 epochs run without a single step, and the accuracy is about 10
%. Raise a ValueError for every batch size below 1.
"""

base = "variants/share-apart"


def minibatches(n, batch_size, rng):
    if batch_size == 0:
        raise ValueError("a batch needs at least one sample")
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]
