"""test_size is used as the fraction of the samples in the training set.

With test_size = 0.25, three quarters of the samples are then tested and one quarter is learned from.
"""

def _draw(count, share, rng):
    return rng.permutation(count)[: count - round(share * count)]
