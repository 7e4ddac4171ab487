"""The first samples are the test set, without shuffling.

Data is often sorted, by class or by date: the test set then contains classes that the training set does not
have. Draw the rows with rng.
"""

def _draw(count, share, rng):
    return np.arange(count)[: round(share * count)]
