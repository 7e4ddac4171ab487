"""minibatches shuffles the order of the batches and not the numbers in them.

The numbers 0 to 7 are always in the same batch, and so are 8 to 15. About 100 images in a row are
probably by one writer, so each batch still has only one writer. Shuffle the numbers first, then cut.
"""

base = "variants/share-apart"


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch needs at least one sample, got batch_size = {batch_size}")
    starts = np.arange(0, n, batch_size)
    rng.shuffle(starts[: n // batch_size])  # the short one stays last
    for start in starts:
        yield np.arange(start, min(start + batch_size, n))
