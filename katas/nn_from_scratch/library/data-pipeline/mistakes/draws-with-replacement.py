"""The test rows are drawn with replacement.

A row can be drawn twice, and the test set is then smaller than test_size asks: of 50 draws from 100 rows,
about 39 are distinct. Each row may be drawn only once.
"""

def _draw(count, share, rng):
    return rng.integers(0, max(count, 1), round(share * count))
