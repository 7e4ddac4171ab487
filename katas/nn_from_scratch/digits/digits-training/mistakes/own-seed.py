"""minibatches makes its own generator with a fixed seed and ignores rng.

The order looks random, but every call gives the same one: all 60 epochs use the samples in the
same order. Draw the next numbers from rng, which remembers its state.
"""

base = "variants/share-apart"


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch needs at least one sample, got batch_size = {batch_size}")
    order = np.random.default_rng(0).permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]
