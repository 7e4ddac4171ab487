"""The first samples are the test part, without shuffling.

Data is often sorted, by class or by date: the test part then contains classes that the training part does not
have. Draw the rows with rng.
"""

def _draw(count, share, rng):
    return np.arange(count)[: round(share * count)]
